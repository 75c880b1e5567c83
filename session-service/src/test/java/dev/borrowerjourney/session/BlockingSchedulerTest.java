package dev.borrowerjourney.session;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class BlockingSchedulerTest {

    /** A statement that is interrupted breaks its connection, and the pool with it when many callers leave. */
    @Test
    void letsWorkEndWhoseCallerHasLeft() throws Exception {
        var scheduler = new SessionServiceConfiguration().blocking();
        var begun = new CountDownLatch(1);
        var mayEnd = new CountDownLatch(1);
        var undisturbed = new CompletableFuture<Boolean>();
        try {
            var call = Mono.fromRunnable(() -> undisturbed.complete(ends(begun, mayEnd)))
                    .subscribeOn(scheduler)
                    .subscribe();
            assertThat(begun.await(1, MINUTES)).isTrue();
            call.dispose();
            mayEnd.countDown();

            assertThat(undisturbed.get(1, MINUTES)).isTrue();
        } finally {
            scheduler.dispose();
        }
    }

    private static boolean ends(CountDownLatch begun, CountDownLatch mayEnd) {
        begun.countDown();
        try {
            return mayEnd.await(1, MINUTES);
        } catch (InterruptedException _) {
            return false;
        }
    }
}
