package dev.borrowerjourney.session.relay;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What one borrower takes of the relay of this instance. */
final class BorrowerShare {

    private final Bucket calls;
    private final AtomicInteger underWay = new AtomicInteger();
    private long failedAt;
    private boolean failed;

    BorrowerShare(int callsPerSecond, int burst, TimeMeter clock) {
        this.calls = bucket(callsPerSecond, burst, clock);
    }

    static Bucket bucket(int callsPerSecond, int burst, TimeMeter clock) {
        return Bucket.builder()
                .withCustomTimePrecision(clock)
                .addLimit(limit -> limit.capacity(burst).refillGreedy(callsPerSecond, Duration.ofSeconds(1)))
                .build();
    }

    Bucket calls() {
        return calls;
    }

    AtomicInteger underWay() {
        return underWay;
    }

    /** Notes a failure, and whether it is the borrower's first one within the window. */
    synchronized boolean failsFirst(long now, long window) {
        if (failed && now - failedAt < window) {
            return false;
        }
        failed = true;
        failedAt = now;
        return true;
    }
}
