package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says at the start if the brokers let a dead instance keep its partitions for long, as they do unless told otherwise: else
 * it would be known after the first kill.
 */
final class KafkaSessionTimeout {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSessionTimeout.class);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SETTING = "consumer.session.timeout.ms";

    private final Map<String, Object> settings;
    private final String group;

    KafkaSessionTimeout(Map<String, Object> settings, String group) {
        this.settings = new HashMap<>(settings);
        // A broker that is away must not make this spin.
        this.settings.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        this.group = group;
    }

    /** Asks once, beside whatever else goes on; a broker that does not tell is no trouble. */
    void lookBeside() {
        Thread.ofVirtual().name("session-timeout").start(() -> {
            try {
                judge(ask());
            } catch (ExecutionException | TimeoutException | RuntimeException e) {
                LOG.info("The broker does not tell how long a dead instance keeps its partitions: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    Duration ask() throws ExecutionException, InterruptedException, TimeoutException {
        var resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        try (var admin = Admin.create(settings)) {
            var answer = admin.describeConfigs(List.of(resource)).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var entry = Objects.requireNonNull(answer.get(resource)).get(SETTING);
            if (entry == null || entry.value() == null) {
                throw new IllegalStateException(SETTING + ": not there");
            }
            return Duration.ofMillis(Long.parseLong(entry.value()));
        }
    }

    static boolean judge(Duration timeout) {
        boolean fine = timeout.compareTo(LONGEST) <= 0;
        if (!fine) {
            LOG.warn(
                    "A dead instance keeps its partitions for {} s. Set group.consumer.session.timeout.ms and"
                            + " group.consumer.min.session.timeout.ms of the brokers to 6000, or"
                            + " projector.group-protocol to classic.",
                    timeout.toSeconds());
        }
        return fine;
    }
}
