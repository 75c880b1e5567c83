package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks the broker about topics. */
public final class KafkaTopics implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;
    private static final List<String> NEEDED = List.of(
            TopicCatalogue.JOURNEY_SNAPSHOTS,
            TopicCatalogue.JOURNEY_CHANGES,
            TopicCatalogue.JOURNEYS,
            TopicCatalogue.DEAD_LETTERS);

    /** An id, and when it was asked for, by the clock of {@link System#nanoTime}. */
    private record Told(String id, long asked) {}

    private final Map<String, Object> settings;
    private final Map<String, Told> told = new ConcurrentHashMap<>();
    private @Nullable Admin admin;

    KafkaTopics(Map<String, Object> settings) {
        this.settings = new HashMap<>(settings);
        // Rebootstrapping spins while no broker answers; a new client after each failure does the same without.
        this.settings.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
        this.settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
        this.settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1_000);
    }

    /** Kafka's id of a topic as of so long ago at most. */
    String idOf(String topic, Duration age) {
        var known = told.get(topic);
        return known != null && System.nanoTime() - known.asked() < age.toNanos() ? known.id() : idOf(topic);
    }

    /** Kafka's id of a topic. */
    public String idOf(String topic) {
        var asked = admin();
        long now = System.nanoTime();
        try {
            var id = description(asked.describeTopics(List.of(topic)), topic)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .topicId()
                    .toString();
            told.put(topic, new Told(id, now));
            return id;
        } catch (ExecutionException | TimeoutException e) {
            discard(asked);
            throw new KafkaException("topic " + topic + ": the broker does not tell its id", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** Topics that this service needs and the broker does not have. */
    List<String> missing() {
        var missing = new ArrayList<String>();
        var asked = admin();
        var descriptions = asked.describeTopics(NEEDED);
        for (var topic : NEEDED) {
            try {
                description(descriptions, topic).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    discard(asked);
                    throw new KafkaException("the broker does not answer", e.getCause());
                }
                missing.add(topic);
            } catch (TimeoutException e) {
                discard(asked);
                throw new KafkaException("the broker does not answer within " + PATIENCE_SECONDS + " s", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        }
        return missing;
    }

    private static KafkaFuture<TopicDescription> description(DescribeTopicsResult descriptions, String topic) {
        return Objects.requireNonNull(descriptions.topicNameValues().get(topic));
    }

    /** Made late, because a broker whose name cannot be resolved yet refuses to have a client. */
    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    /** The next question begins at the bootstrap addresses again, should all brokers have moved. */
    private synchronized void discard(Admin failed) {
        if (failed.equals(admin)) {
            admin = null;
        }
        // Others may wait for an answer of the same client; they would not have got one either.
        failed.close(Duration.ZERO);
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            discard(admin);
        }
    }
}
