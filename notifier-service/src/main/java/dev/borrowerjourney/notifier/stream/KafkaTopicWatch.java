package dev.borrowerjourney.notifier.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks the broker again and again whether the topic is still the one that is followed. A consumer alone does not tell: to
 * it, a broker that is away is a topic without news.
 */
final class KafkaTopicWatch implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KafkaTopicWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> settings;
    private final String topic;
    private final KafkaChanges changes;
    private final Streams streams;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread watcher =
            Thread.ofVirtual().name("journey-changes-watch").unstarted(this::run);
    private volatile @Nullable String trouble = "the broker was not asked yet";
    private @Nullable Log known;
    private @Nullable Admin admin;

    KafkaTopicWatch(Map<String, Object> settings, String topic, KafkaChanges changes, Streams streams) {
        this.settings = new HashMap<>(settings);
        // Rebootstrapping spins while no broker answers; a new client after each failure does the same without.
        this.settings.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        this.topic = topic;
        this.changes = changes;
        this.streams = streams;
    }

    private record Log(Uuid topicId, int partitions) {}

    /** What is wrong with the topic, or nothing. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    @Override
    public void start() {
        watcher.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        watcher.interrupt();
    }

    @Override
    public boolean isRunning() {
        return watcher.isAlive();
    }

    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            do {
                look();
            } while (!stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            discard();
        }
    }

    private void look() throws InterruptedException {
        try {
            var description = Objects.requireNonNull(admin().describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic));
            var leaderless = leaderless(description);
            if (leaderless.isPresent()) {
                away(leaderless.get());
            } else {
                seen(new Log(description.topicId(), description.partitions().size()));
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                away("topic " + topic + " is missing");
            } else {
                silent();
            }
        } catch (TimeoutException | KafkaException _) {
            silent();
        }
    }

    /** The next look begins at the bootstrap addresses again, should all brokers have moved. */
    private void silent() {
        discard();
        away("the broker does not answer");
    }

    /** Made late, because a broker whose name cannot be resolved yet refuses to have a client. */
    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    private void discard() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private static Optional<String> leaderless(TopicDescription description) {
        return description.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .findFirst()
                .map(partition -> "partition " + partition.partition() + " has no leader");
    }

    private void seen(Log found) {
        var returned = trouble != null && known != null;
        if (known != null && !known.equals(found)) {
            log.warn("Topic {} was replaced: {}, before {}.", topic, found, known);
            changes.suspect();
        } else if (returned) {
            log.info("Topic {} is back.", topic);
            streams.refreshAll("broker-returned");
        }
        known = found;
        trouble = null;
    }

    private void away(String reason) {
        if (!reason.equals(trouble)) {
            log.warn("Topic {}: {}", topic, reason);
        }
        trouble = reason;
    }
}
