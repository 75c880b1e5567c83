package dev.borrowerjourney.sandbox.platform.borrower;

import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Counts snapshots over all borrowers. Knows which numbers belong to changes that are not on disk yet, so that
 * whoever pages through the snapshots in order never misses one that was slower than its successor.
 */
@Component
public class SnapshotNumbers {

    private final Map<Thread, Long> unfinished = new HashMap<>();
    private long last;

    /** The next position; it stays unfinished until this thread's change ended. */
    public synchronized long next() {
        last++;
        unfinished.putIfAbsent(Thread.currentThread(), last);
        return last;
    }

    /** The position that was given last. */
    public synchronized long newest() {
        return last;
    }

    synchronized void seen(long position) {
        last = Math.max(last, position);
    }

    synchronized void finished() {
        unfinished.remove(Thread.currentThread());
    }

    /** All positions up to this one are on disk, or will never be. */
    public synchronized long settled() {
        return unfinished.values().stream().mapToLong(first -> first - 1).min().orElse(last);
    }
}
