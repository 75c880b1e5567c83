package dev.borrowerjourney.notifier.notification;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks for what is due from the start to the stop, has it sent by a bounded number of threads, and publishes what came of it. */
final class NotificationJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationJob.class);
    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration MEASURES = Duration.ofSeconds(15);
    private static final Duration CLEARANCE = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final PostgresNotifications notifications;
    private final PostgresDeliveries deliveries;
    private final KafkaDeliveries topic;
    private final Delivery delivery;
    private final NotificationProperties settings;
    private final NotificationMetrics metrics;
    private final Semaphore places;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> threads;
    private final Thread sending;

    NotificationJob(
            PostgresNotifications notifications,
            PostgresDeliveries deliveries,
            KafkaDeliveries topic,
            Delivery delivery,
            NotificationProperties settings,
            NotificationMetrics metrics) {
        this.notifications = notifications;
        this.deliveries = deliveries;
        this.topic = topic;
        this.delivery = delivery;
        this.settings = settings;
        this.metrics = metrics;
        this.places = new Semaphore(settings.mostAtOnce());
        this.sending = loop("notifications", "Notifications are not sent", this::send);
        this.threads = List.of(
                sending,
                loop("notification-deliveries", "Outcomes of notifications are not published", this::publish),
                loop("notification-upkeep", "Notifications are not kept up", new Upkeep()::run));
    }

    /** A step of a loop; tells whether there is more to do at once. */
    @FunctionalInterface
    private interface Step {
        boolean run() throws InterruptedException;
    }

    @Override
    public void start() {
        threads.forEach(Thread::start);
    }

    /**
     * Calls that are under way end, so that their answers are not lost; whoever waits longer is interrupted. They come
     * first: what is not published can be published by others, and a broker that is away would use up their time.
     */
    @Override
    public void stop() {
        stopped.countDown();
        var deadline = System.nanoTime() + FAREWELL.toNanos();
        try {
            sending.join(Duration.ofNanos(deadline - System.nanoTime()));
            if (!places.tryAcquire(settings.mostAtOnce(), deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.info("Calls of push services are cut short");
            }
            for (var thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
        threads.forEach(Thread::interrupt);
        topic.close();
    }

    @Override
    public boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** After the consumer, whose rows it would leave otherwise, and after the streams, which would have to wait for it. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 200;
    }

    private Thread loop(String name, String trouble, Step step) {
        return Thread.ofVirtual().name(name).unstarted(() -> {
            var pause = Duration.ZERO;
            var failing = false;
            try {
                while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    try {
                        pause = step.run() ? Duration.ZERO : TICK;
                        failing = false;
                    } catch (RuntimeException | Error e) {
                        // An error too: who looks at the process sees one that is well, and nobody is told of anything.
                        if (!failing) {
                            LOG.warn(trouble, e);
                        }
                        failing = true;
                        pause = AFTER_FAILURE;
                    }
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private boolean send() {
        int free = places.availablePermits();
        if (free == 0) {
            return false;
        }
        var claims = notifications.claim(free, settings.lease());
        claims.forEach(this::begin);
        return claims.size() == free;
    }

    private void begin(Claim claim) {
        places.acquireUninterruptibly();
        workers.execute(() -> {
            try {
                delivery.deliver(claim);
            } catch (RuntimeException | Error e) {
                // The lease ends, and it is due again.
                LOG.warn(
                        "A notification was left to its lease: {}", e.getClass().getSimpleName());
                LOG.debug("A notification was left to its lease", e);
            } finally {
                places.release();
            }
        });
    }

    private boolean publish() throws InterruptedException {
        var waiting = deliveries.unpublished(KafkaDeliveries.MOST_AT_ONCE);
        if (waiting.isEmpty() || !deliveries.lead(KafkaDeliveries.LONGEST)) {
            return false;
        }
        // Read again: what stood there before the lease was given may have been published meanwhile.
        var attempts = deliveries.unpublished(KafkaDeliveries.MOST_AT_ONCE);
        var progress = topic.publish(attempts);
        if (!progress.acknowledged().isEmpty()) {
            deliveries.published(progress.acknowledged());
        }
        if (progress.trouble() != null) {
            throw new IllegalStateException("not acknowledged", progress.trouble());
        }
        deliveries.resign();
        return attempts.size() == KafkaDeliveries.MOST_AT_ONCE;
    }

    /** What is done now and then. */
    private final class Upkeep {

        private long measured = System.nanoTime() - MEASURES.toNanos();
        private long cleared = System.nanoTime();

        boolean run() {
            if (System.nanoTime() - measured >= MEASURES.toNanos()) {
                metrics.waiting(notifications.overdue(), deliveries.waiting());
                measured = System.nanoTime();
            }
            if (System.nanoTime() - cleared >= CLEARANCE.toNanos()) {
                if (notifications.forget(settings.retention()) == PostgresNotifications.MOST_FORGOTTEN) {
                    return true;
                }
                cleared = System.nanoTime();
            }
            return false;
        }
    }
}
