package dev.borrowerjourney.session.journey;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Lets a bounded number of callers wait a bounded time for a change. Each look takes a connection only while it looks. */
class Waiting {

    private static final long INTERVAL_MILLIS = 300;
    private static final long JITTER_MILLIS = 100;

    private final JourneyProperties properties;
    private final Semaphore places;

    Waiting(JourneyProperties properties) {
        this.properties = properties;
        this.places = new Semaphore(properties.mostWaiting());
    }

    /** Returns once the last change is later than the given instant, or when the caller has waited long enough. */
    void forChangeAfter(Instant instant, Supplier<Optional<Instant>> lastChange) {
        if (!places.tryAcquire()) {
            return;
        }
        try {
            var end = System.nanoTime() + properties.longestWait().toNanos();
            while (lastChange.get().filter(instant::isBefore).isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        INTERVAL_MILLIS + ThreadLocalRandom.current().nextLong(JITTER_MILLIS)));
            }
        } finally {
            places.release();
        }
    }

    int waiting() {
        return properties.mostWaiting() - places.availablePermits();
    }
}
