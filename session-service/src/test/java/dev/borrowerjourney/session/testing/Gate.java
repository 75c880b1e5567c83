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

    void pass() {
        reached.countDown();
        awaits(opened);
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
