package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.notification.NotificationMetrics.SetAside;
import dev.borrowerjourney.notifier.push.PushSender;
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
    private static final Duration PUTTING_OFF = Duration.ofSeconds(1);
    private static final Duration MEASURES = Duration.ofSeconds(15);
    private static final Duration CLEARANCE = Duration.ofMinutes(10);
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final Tables tables;
    private final KafkaDeliveries topic;
    private final Delivery delivery;
    private final PushSender sender;
    private final NotificationProperties settings;
    private final NotificationMetrics metrics;
    private final Semaphore places;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Thread> threads;
    private final Thread sending;
    private long putOffAt = System.nanoTime() - PUTTING_OFF.toNanos();

    /** What lies in the database. */
    record Tables(PostgresNotifications notifications, PostgresDeliveries deliveries, PostgresUpkeep upkeep) {}

    NotificationJob(
            Tables tables,
            KafkaDeliveries topic,
            Delivery delivery,
            PushSender sender,
            NotificationProperties settings,
            NotificationMetrics metrics) {
        this.tables = tables;
        this.topic = topic;
        this.delivery = delivery;
        this.sender = sender;
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
        resign();
    }

    /** Once more, and by a thread that nobody interrupts: one that was cut short has not got to it. */
    private void resign() {
        try {
            tables.deliveries().resign();
        } catch (RuntimeException e) {
            LOG.info(
                    "Another instance publishes once this one's lease has ended: {}",
                    e.getClass().getSimpleName());
        }
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
        if (putOff()) {
            return true;
        }
        int free = places.availablePermits();
        if (free == 0) {
            return false;
        }
        var claimed = tables.notifications().claim(free, settings.lease());
        metrics.setAside(SetAside.NOTIFICATION).increment(claimed.setAside());
        claimed.claims().forEach(this::begin);
        return claimed.claims().size() == free;
    }

    /**
     * What nobody is called for now would come back one by one; whether there may be more of it. Now and then, as it steps
     * over all that is due for others.
     */
    private boolean putOff() {
        if (System.nanoTime() - putOffAt < PUTTING_OFF.toNanos()) {
            return false;
        }
        var held = sender.held();
        if (held.isEmpty()) {
            return false;
        }
        int count = tables.upkeep().putOff(held);
        metrics.deferred(count);
        if (count == PostgresUpkeep.MOST_PUT_OFF) {
            return true;
        }
        putOffAt = System.nanoTime();
        return false;
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
        var waiting = tables.deliveries().unpublished(KafkaDeliveries.MOST_AT_ONCE);
        if (waiting.isEmpty() || !tables.deliveries().lead(KafkaDeliveries.LONGEST)) {
            return false;
        }
        try {
            return publishAsLeader();
        } finally {
            // After trouble, too: it may be this instance's own, and another one get through.
            tables.deliveries().resign();
        }
    }

    private boolean publishAsLeader() throws InterruptedException {
        // Read again: what stood there before the lease was given may have been published meanwhile.
        var attempts = tables.deliveries().unpublished(KafkaDeliveries.MOST_AT_ONCE);
        var progress = topic.publish(attempts);
        if (!progress.acknowledged().isEmpty()) {
            tables.deliveries().published(progress.acknowledged());
        }
        if (progress.refused() != null) {
            setAside(progress.refused());
            return true;
        }
        if (progress.trouble() != null) {
            throw new IllegalStateException("not acknowledged", progress.trouble());
        }
        return attempts.size() == KafkaDeliveries.MOST_AT_ONCE;
    }

    /** Those behind it would wait for ever. */
    private void setAside(KafkaDeliveries.Refused refused) {
        var attempt = refused.attempt();
        tables.deliveries().setAside(attempt, refused.reason());
        metrics.setAside(SetAside.OUTCOME).increment();
        LOG.error(
                "Attempt {} of change {} is not published: no topic takes its outcome, {}",
                attempt.attempt(),
                attempt.changeId(),
                refused.reason());
    }

    /** What is done now and then. */
    private final class Upkeep {

        private long measured = System.nanoTime() - MEASURES.toNanos();
        private long cleared = System.nanoTime();

        boolean run() {
            if (System.nanoTime() - measured >= MEASURES.toNanos()) {
                metrics.waiting(tables.upkeep().overdue(), tables.deliveries().waiting());
                measured = System.nanoTime();
            }
            if (System.nanoTime() - cleared >= CLEARANCE.toNanos()) {
                if (tables.upkeep().forget(settings.retention()) == PostgresUpkeep.MOST_FORGOTTEN) {
                    return true;
                }
                cleared = System.nanoTime();
            }
            return false;
        }
    }
}
