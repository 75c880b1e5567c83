package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Lets a bounded number of callers wait a bounded time for a change. A caller who waits holds neither thread nor connection:
 * while anybody waits, one look now and then asks for all of them.
 */
class Waiting {

    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final Duration INTERVAL = Duration.ofMillis(300);

    /** Of one borrower, so that nobody takes the places of all. */
    private static final int MOST_OF_ONE = 20;

    private final JourneyProperties properties;
    private final Function<Collection<String>, List<Changed>> lastChanges;
    private final Scheduler blocking;
    private final Semaphore places;
    private final Map<String, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param lastChanges when each journey of some borrowers last changed; may block and fail */
    Waiting(JourneyProperties properties, Function<Collection<String>, List<Changed>> lastChanges, Scheduler blocking) {
        this.properties = properties;
        this.lastChanges = lastChanges;
        this.blocking = blocking;
        this.places = new Semaphore(properties.mostWaiting());
    }

    /** Completes once a journey of the borrower has changed later than the instant, or after the longest wait. */
    Mono<Void> forChange(BorrowerKey borrower, Instant after) {
        return queued(new Waiter(borrower.value(), null, after, Sinks.empty()));
    }

    /** The same for one journey. */
    Mono<Void> forChange(BorrowerKey borrower, String journeyId, Instant after) {
        return queued(new Waiter(borrower.value(), borrower.journeyKey(journeyId), after, Sinks.empty()));
    }

    int waiting() {
        return properties.mostWaiting() - places.availablePermits();
    }

    private Mono<Void> queued(Waiter waiter) {
        return Mono.defer(() -> {
            if (!places.tryAcquire()) {
                return Mono.empty();
            }
            if (!enter(waiter)) {
                places.release();
                return Mono.empty();
            }
            lookSoon();
            return waiter.news()
                    .asMono()
                    .timeout(properties.longestWait(), Mono.empty())
                    .doFinally(_ -> {
                        leave(waiter);
                        places.release();
                    });
        });
    }

    private boolean enter(Waiter waiter) {
        var entered = new AtomicBoolean();
        waiters.compute(waiter.borrowerKey(), (_, present) -> {
            var all = present == null ? new HashSet<Waiter>() : new HashSet<>(present);
            entered.set(all.size() < MOST_OF_ONE && all.add(waiter));
            return all;
        });
        return entered.get();
    }

    private void leave(Waiter waiter) {
        waiters.computeIfPresent(waiter.borrowerKey(), (_, present) -> {
            var others = new HashSet<>(present);
            others.remove(waiter);
            return others.isEmpty() ? null : others;
        });
    }

    /** At most one look is on its way, and it comes again for as long as anybody waits. */
    private void lookSoon() {
        if (looking.compareAndSet(false, true)) {
            Mono.delay(INTERVAL).publishOn(blocking).subscribe(_ -> look());
        }
    }

    private void look() {
        try {
            lastChanges.apply(Set.copyOf(waiters.keySet())).forEach(this::tell);
        } catch (RuntimeException e) {
            // Whoever waits goes on, and is told by the read with which the wait ends.
            LOG.debug("Not looked for changes", e);
        } finally {
            looking.set(false);
            if (!waiters.isEmpty()) {
                lookSoon();
            }
        }
    }

    private void tell(Changed change) {
        waiters.getOrDefault(change.borrowerKey(), Set.of()).stream()
                .filter(waiter -> waiter.waitsFor(change))
                .forEach(waiter -> waiter.news().tryEmitEmpty());
    }

    /** When a journey last changed. */
    record Changed(String borrowerKey, String journeyKey, Instant at) {}

    /** @param journeyKey null for any journey of the borrower */
    private record Waiter(String borrowerKey, @Nullable String journeyKey, Instant after, Sinks.Empty<Void> news) {

        boolean waitsFor(Changed change) {
            return change.at().isAfter(after) && (journeyKey == null || journeyKey.equals(change.journeyKey()));
        }
    }
}
