package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which partitions this instance owns and what keeps each from being applied. */
final class Owned {

    private static final String STARTED = "";

    private final Set<Holding> holdings = ConcurrentHashMap.newKeySet();
    private final Map<Thread, Instant> seen = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final Instant begun;

    Owned(InstantSource clock) {
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Takes a partition; while threads disagree about it, two may hold the same one. */
    Holding hold(int partition) {
        var holding = new Holding(partition);
        holdings.add(holding);
        return holding;
    }

    /** The calling thread, which consumes, came by. */
    void seen() {
        seen.put(Thread.currentThread(), clock.instant());
    }

    /** For how long that thread was not seen that was not seen longest: what it owns stands still, whatever others do. */
    Duration unseen() {
        var longest = seen.values().stream().min(Comparator.naturalOrder()).orElse(begun);
        return Duration.between(longest, clock.instant());
    }

    int count() {
        return (int) holdings.stream()
                .mapToInt(holding -> holding.partition)
                .distinct()
                .count();
    }

    /** Partitions that are not applied at the moment, and why. */
    Map<Integer, String> waiting() {
        var waiting = new TreeMap<Integer, String>();
        for (var holding : holdings) {
            var why = holding.why;
            if (!why.equals(STARTED)) {
                waiting.put(holding.partition, why);
            }
        }
        return waiting;
    }

    /** One partition in the hands of one thread. */
    final class Holding {

        private final int partition;
        private volatile String why = "not begun";

        private Holding(int partition) {
            this.partition = partition;
        }

        void started() {
            why = STARTED;
        }

        void waiting(String reason) {
            why = reason;
        }

        void end() {
            holdings.remove(this);
        }
    }
}
