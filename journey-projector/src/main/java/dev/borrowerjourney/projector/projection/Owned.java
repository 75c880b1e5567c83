package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which partitions this instance owns and what keeps each from being applied. */
final class Owned {

    private static final String STARTED = "";

    private final Set<Holding> holdings = ConcurrentHashMap.newKeySet();
    private volatile Instant seen = Instant.now();

    /** Takes a partition; while threads disagree about it, two may hold the same one. */
    Holding hold(int partition) {
        var holding = new Holding(partition);
        holdings.add(holding);
        return holding;
    }

    /** The consumer's thread came by. */
    void seen() {
        seen = Instant.now();
    }

    Duration unseen() {
        return Duration.between(seen, Instant.now());
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
