package dev.borrowerjourney.sandbox.demo.drill;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, on a machine that may be busy with much else. */
final class Waiting {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Waiting() {}

    /** Asked again and again. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /**
     * Returns once the condition holds.
     *
     * @param what as it would stand after "waited for"
     * @return how long it took
     */
    static Duration until(String what, Condition condition) throws Exception {
        long from = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - from > DEADLINE.toNanos()) {
                throw new DrillFailed("waited for " + what + " (expected: within " + DEADLINE + ")");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - from);
    }
}
