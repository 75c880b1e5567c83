package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker about topics. */
final class KafkaTopics implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;
    private static final List<String> NEEDED = List.of(
            TopicCatalogue.JOURNEY_SNAPSHOTS,
            TopicCatalogue.JOURNEY_CHANGES,
            TopicCatalogue.JOURNEYS,
            TopicCatalogue.DEAD_LETTERS);

    private final Admin admin;

    KafkaTopics(Map<String, Object> settings) {
        this.admin = Admin.create(settings);
    }

    /** Kafka's id of a topic. */
    String idOf(String topic) {
        try {
            return description(admin.describeTopics(List.of(topic)), topic)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .topicId()
                    .toString();
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("topic " + topic + ": the broker does not tell its id", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        }
    }

    /** Topics that this service needs and the broker does not have. */
    List<String> missing() {
        var missing = new ArrayList<String>();
        var descriptions = admin.describeTopics(NEEDED);
        for (var topic : NEEDED) {
            try {
                description(descriptions, topic).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException("the broker does not answer", e.getCause());
                }
                missing.add(topic);
            } catch (TimeoutException e) {
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

    @Override
    public void close() {
        admin.close();
    }
}
