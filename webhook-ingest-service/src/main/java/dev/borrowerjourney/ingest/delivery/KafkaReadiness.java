package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.health.Requirement;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Whether a delivery could be published now: the broker answers, the topics are there, the schemas are known, and the
 * producer is connected. Looks again
 * at most once a second, however often it is asked.
 */
final class KafkaReadiness implements Requirement, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaReadiness.class);
    private static final List<String> TOPICS = List.of(TopicCatalogue.JOURNEY_SNAPSHOTS, TopicCatalogue.QUARANTINE);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final Serializer<Object> serializer;
    private final ProducerFactory<Object, Object> producers;
    private @Nullable Admin admin;
    private boolean schemasKnown;
    private boolean producerReady;
    private boolean looked;
    private long lookedAt;
    private Optional<String> last = Optional.empty();

    KafkaReadiness(
            Map<String, Object> settings, Serializer<Object> serializer, ProducerFactory<Object, Object> producers) {
        this.settings = Map.copyOf(settings);
        this.serializer = serializer;
        this.producers = producers;
    }

    @Override
    public String name() {
        return "kafka";
    }

    @Override
    public synchronized Optional<String> missing() {
        if (looked && System.nanoTime() - lookedAt < FRESH.toNanos()) {
            return last;
        }
        var now = look();
        if (!looked || !last.equals(now)) {
            LOG.info("Needed to take deliveries and missing: {}", now.orElse("nothing"));
        }
        last = now;
        lookedAt = System.nanoTime();
        looked = true;
        return now;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private Optional<String> look() {
        try {
            var topics = missingTopics();
            if (!topics.isEmpty()) {
                return Optional.of("topics " + String.join(", ", topics));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("an answer: interrupted");
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            // The next look begins at the bootstrap addresses again, should all brokers have moved.
            close();
            return Optional.of("an answer of the broker");
        }
        if (!schemasKnown()) {
            return Optional.of("the schemas, from the registry");
        }
        return producerReady() ? Optional.empty() : Optional.of("an answer of the broker to the producer");
    }

    private List<String> missingTopics() throws InterruptedException, ExecutionException, TimeoutException {
        var described = admin().describeTopics(
                        TOPICS, new DescribeTopicsOptions().timeoutMs(Math.toIntExact(PATIENCE.toMillis())))
                .topicNameValues();
        var missing = new ArrayList<String>();
        for (var topic : described.entrySet()) {
            try {
                topic.getValue().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
                missing.add(topic.getKey());
            }
        }
        return missing;
    }

    /** Asks the registry until it answered once; the serializer remembers, so that it may go away after. */
    private boolean schemasKnown() {
        if (!schemasKnown) {
            try {
                serializer.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, EMPTY_SNAPSHOT);
                serializer.serialize(TopicCatalogue.QUARANTINE, EMPTY_QUARANTINE);
                schemasKnown = true;
            } catch (KafkaException e) {
                LOG.debug("The registry does not know the schemas.", e);
            }
        }
        return schemasKnown;
    }

    /** Connects the producer before the first delivery, which would wait for it otherwise. */
    private boolean producerReady() {
        if (!producerReady) {
            try (var producer = producers.createProducer()) {
                TOPICS.forEach(producer::partitionsFor);
                producerReady = true;
            } catch (KafkaException e) {
                LOG.debug("The producer does not know the topics.", e);
            }
        }
        return producerReady;
    }

    /** Made late, because a broker whose name cannot be resolved yet refuses to have a client. */
    private Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings);
        }
        return admin;
    }

    private static final JourneySnapshot EMPTY_SNAPSHOT = JourneySnapshot.newBuilder()
            .setEventId("")
            .setSource(Source.WEBHOOK)
            .setApplicationId("")
            .setBorrowerKey("")
            .setReceivedAt(Instant.EPOCH)
            .setJourneys(List.of())
            .build();

    private static final QuarantinedDelivery EMPTY_QUARANTINE = QuarantinedDelivery.newBuilder()
            .setEventId("")
            .setApplicationId("")
            .setSecretId("")
            .setReason("")
            .setReceivedAt(Instant.EPOCH)
            .setSealed(ByteBuffer.allocate(0))
            .build();
}
