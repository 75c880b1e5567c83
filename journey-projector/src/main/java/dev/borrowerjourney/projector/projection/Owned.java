package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Which partitions this instance owns and what keeps each from being applied; empty text means nothing does. */
final class Owned {

    private static final String STARTED = "";

    private final Map<Integer, String> partitions = new ConcurrentHashMap<>();
    private volatile Instant seen = Instant.now();

    void started(int partition) {
        partitions.put(partition, STARTED);
    }

    void waiting(int partition, String why) {
        partitions.put(partition, why);
    }

    void gone(int partition) {
        partitions.remove(partition);
    }

    /** The consumer's thread came by. */
    void seen() {
        seen = Instant.now();
    }

    Duration unseen() {
        return Duration.between(seen, Instant.now());
    }

    int count() {
        return partitions.size();
    }

    /** Partitions that are not applied at the moment, and why. */
    Map<Integer, String> waiting() {
        var waiting = new TreeMap<>(partitions);
        waiting.values().removeIf(STARTED::equals);
        return waiting;
    }
}
