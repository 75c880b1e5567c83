package dev.borrowerjourney.projector.rebuild;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Holds all threads of a replay together to so many records a second. */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long rate;
    private long free;

    /** @param rate records a second, 0 for as many as possible */
    Pace(long rate) {
        this.rate = rate;
        this.free = System.nanoTime();
    }

    /** Returns when so many more records are due. */
    void take(int records) {
        if (rate == 0 || records == 0) {
            return;
        }
        long due = reserve(records);
        for (long left = due - System.nanoTime();
                left > 0 && !Thread.currentThread().isInterrupted();
                left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Time that nobody used is not made up for. */
    private synchronized long reserve(int records) {
        free = Math.max(free, System.nanoTime()) + records * SECOND / rate;
        return free;
    }
}
