package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.defaults.health.Requirement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Not ready while the topic is missing, which nobody but an operator makes. Asks until it was there once. */
final class KafkaDeliveriesTopic implements Requirement {

    private static final int PATIENCE_MILLIS = 2_000;

    private final Map<String, Object> settings;
    private final String topic;
    private volatile boolean found;

    KafkaDeliveriesTopic(Map<String, Object> settings, String topic) {
        this.settings = new HashMap<>(settings);
        this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        // Rebootstrapping spins while no broker answers.
        this.settings.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        this.topic = topic;
    }

    @Override
    public String name() {
        return "notificationDeliveries";
    }

    /** A broker that is away is no reason of this one: outcomes wait in the database. */
    @Override
    public Optional<String> missing() throws InterruptedException {
        return found ? Optional.empty() : look();
    }

    private Optional<String> look() throws InterruptedException {
        try {
            var admin = Admin.create(settings);
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } finally {
                admin.close(Duration.ZERO);
            }
            found = true;
            return Optional.empty();
        } catch (ExecutionException e) {
            return e.getCause() instanceof UnknownTopicOrPartitionException
                    ? Optional.of("topic " + topic + " is missing")
                    : Optional.empty();
        } catch (TimeoutException | KafkaException _) {
            return Optional.empty();
        }
    }
}
