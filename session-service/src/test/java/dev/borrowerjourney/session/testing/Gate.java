package dev.borrowerjourney.session.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Holds an answer of the platform back until a test lets it go. */
public final class Gate {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits until the platform has something to answer. */
    public void awaitReached() {
        Assertions.assertThat(awaits(reached)).as("the platform was asked").isTrue();
    }

    public void open() {
        opened.countDown();
    }

    /** Waits until it is opened. */
    public void pass() {
        reached.countDown();
        awaits(opened);
    }

    /** Waits so long at most, and tells whether it is still shut. */
    public boolean staysShutFor(Duration time) {
        reached.countDown();
        return !awaits(opened, time);
    }

    private static boolean awaits(CountDownLatch latch) {
        return awaits(latch, Duration.ofMinutes(2));
    }

    private static boolean awaits(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
