package dev.borrowerjourney.sandbox.platform.clock;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts work at an instant, each on a virtual thread of its own. What must outlive a stop is kept by the caller. */
@Component
public class Alarms {

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final ScheduledExecutorService bell = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("alarms").factory());
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final PlatformClock clock;

    Alarms(PlatformClock clock) {
        this.clock = clock;
    }

    public void now(Runnable work) {
        try {
            workers.execute(() -> watched(work));
        } catch (RejectedExecutionException _) {
            LOG.debug("Stopping; the work is taken up at the next start");
        }
    }

    public void at(Instant instant, Runnable work) {
        long wait = Math.max(0, Duration.between(clock.now(), instant).toMillis());
        try {
            var _ = bell.schedule(() -> now(work), wait, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            LOG.debug("Stopping; the work is taken up at the next start");
        }
    }

    @PreDestroy
    void stop() {
        bell.shutdownNow();
        workers.shutdownNow();
    }

    private static void watched(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("Work in the background failed", e);
        }
    }
}
