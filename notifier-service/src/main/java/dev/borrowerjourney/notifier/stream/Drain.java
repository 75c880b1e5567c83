package dev.borrowerjourney.notifier.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections one after the other, so that an instance that stops sends its devices to the others as a trickle and not
 * as a storm.
 *
 * @param longest few connections take less, many no more
 * @param hurry once open, all that is left ends at once
 */
record Drain(Duration longest, CountDownLatch hurry) {

    private static final Duration BETWEEN_TWO = Duration.ofMillis(10);

    /** Returns once each was told to end. */
    void end(List<Connection> connections) {
        var left = new ArrayList<>(connections);
        // Those of one borrower come from one place of a map.
        Collections.shuffle(left);
        long begun = System.nanoTime();
        long each = each(left.size());
        for (int number = 0; number < left.size(); number++) {
            await(begun + number * each - System.nanoTime());
            left.get(number).close(CloseReason.DRAINING);
        }
    }

    private long each(int connections) {
        return Math.min(BETWEEN_TWO.toNanos(), longest.toNanos() / Math.max(1, connections));
    }

    private void await(long nanos) {
        try {
            if (nanos > 0 && hurry.await(nanos, TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
