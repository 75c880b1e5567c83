package dev.borrowerjourney.notifier.push;

import java.time.Duration;

/** When a push has to have its answer, whatever it takes to get one. */
record Deadline(long nanoTime) {

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Not less than zero. */
    long nanosLeft() {
        return Math.max(0, nanoTime - System.nanoTime());
    }
}
