package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.defaults.correlation.Correlation;
import dev.borrowerjourney.defaults.correlation.CorrelationId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Looks from the start to the stop, after each application on a thread of its own: none waits for another's timeouts. */
final class SubscriptionUpkeepJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionUpkeepJob.class);

    private final Subscriptions subscriptions;
    private final SubscriptionProperties properties;
    private CountDownLatch stopped = new CountDownLatch(0);
    private List<Thread> threads = List.of();

    SubscriptionUpkeepJob(Subscriptions subscriptions, SubscriptionProperties properties) {
        this.subscriptions = subscriptions;
        this.properties = properties;
    }

    @Override
    public void start() {
        subscriptions
                .off()
                .forEach(application -> LOG.info(
                        "Webhook subscription of application {}: not looked after, it has no callback-url",
                        application.applicationId()));
        var stop = new CountDownLatch(1);
        stopped = stop;
        threads = subscriptions.watched().stream()
                .map(watched -> Thread.ofVirtual()
                        .name("subscription-" + watched.standing().applicationId())
                        .start(() -> run(watched, stop)))
                .toList();
    }

    @Override
    public void stop() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    private void run(Subscriptions.Watched watched, CountDownLatch stop) {
        var pace = new Pace(properties.interval(), RandomGenerator.getDefault());
        try {
            long pause;
            do {
                var finding = look(watched);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                watched.standing().note(finding);
                pause = pace.after(finding).toMillis();
            } while (!stop.await(pause, TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Finding look(Subscriptions.Watched watched) {
        try (var _ = Correlation.begin()) {
            var correlationId = CorrelationId.current().orElseGet(CorrelationId::create);
            return properties.repair()
                    ? watched.upkeep().bringInStep(correlationId)
                    : watched.upkeep().look(correlationId);
        } catch (RuntimeException e) {
            LOG.error("The webhook subscription could not be looked at", e);
            return Finding.of(State.UNKNOWN, Failure.INTERNAL);
        }
    }
}
