package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Not ready while a topic is missing, which nobody but an operator makes; names it. A broker that is away is no reason: the
 * relay goes on without it, and journeys stay due.
 */
final class KafkaTopicsHealth implements HealthIndicator, AutoCloseable {

    private static final List<String> TOPICS =
            List.of(TopicCatalogue.JOURNEY_SNAPSHOTS, TopicCatalogue.JOURNEY_CHANGES);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 1_500;

    private final Map<String, Object> settings;
    private @Nullable Admin admin;
    private Health last = Health.up().build();
    private boolean found;
    private long lookedAt = System.nanoTime() - FRESH.toNanos();

    KafkaTopicsHealth(Map<String, Object> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** Asks until the topics were there once. */
    @Override
    public synchronized Health health() {
        if (!found && System.nanoTime() - lookedAt >= FRESH.toNanos()) {
            last = look();
            lookedAt = System.nanoTime();
        }
        return last;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private Health look() {
        try {
            var missing = missing();
            found = missing.isEmpty();
            if (found) {
                close();
            }
            return found
                    ? Health.up().build()
                    : Health.outOfService().withDetail("missing", missing).build();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return last;
        } catch (ExecutionException | TimeoutException | KafkaException _) {
            close();
            return Health.up().withDetail("broker", "does not answer").build();
        }
    }

    private List<String> missing() throws InterruptedException, ExecutionException, TimeoutException {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        var described = admin.describeTopics(TOPICS, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .topicNameValues();
        var missing = new ArrayList<String>();
        for (var topic : described.entrySet()) {
            try {
                topic.getValue().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic.getKey());
            }
        }
        return missing;
    }
}
