package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes polls to the log of snapshots, keyed by borrower, each acknowledged by every replica that counts. */
final class KafkaSnapshots implements Snapshots, AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String SOURCE = "/session-service";
    private static final Logger LOG = LoggerFactory.getLogger(KafkaSnapshots.class);

    private static final JourneySnapshot EMPTY = JourneySnapshot.newBuilder()
            .setEventId("")
            .setSource(dev.borrowerjourney.schemas.event.Source.POLL)
            .setApplicationId("")
            .setBorrowerKey("")
            .setReceivedAt(Instant.EPOCH)
            .setJourneys(List.of())
            .build();

    private final Supplier<Producer<String, Object>> producers;
    private final Serializer<Object> values;
    private @Nullable Producer<String, Object> producer;

    /** By the configured settings; what the promise rests on is not a setting. */
    KafkaSnapshots(Map<String, Object> configured, Serializer<Object> values) {
        this.values = values;
        var settings = new HashMap<>(configured);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 1);
        settings.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        this.producers = () -> new KafkaProducer<>(settings, new StringSerializer(), values);
    }

    /** Asks registry and brokers for what the first record needs, so that it need not wait for that. */
    void connect() {
        try {
            values.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, EMPTY);
            producer().partitionsFor(TopicCatalogue.JOURNEY_SNAPSHOTS);
        } catch (KafkaException e) {
            LOG.debug("Neither brokers nor registry need be there yet.", e);
        }
    }

    @Override
    public Sent send(Source source, ToldJourney told, @Nullable Settlement settlement) {
        try {
            @Nullable Future<RecordMetadata> last = null;
            for (var record : PollRecords.of(source, told, settlement)) {
                last = producer().send(record(source, record));
            }
            // Records of one key are written in the order they were sent, so the last one stands for all.
            var sent = Objects.requireNonNull(last);
            if (sent.isDone()) {
                // Has waited already, and may have failed.
                await(sent);
            }
            return () -> await(sent);
        } catch (KafkaException e) {
            throw new NotPublished(e);
        }
    }

    private static void await(Future<RecordMetadata> sent) {
        try {
            sent.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new NotPublished(Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw new NotPublished(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotPublished(e);
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(PATIENCE);
            producer = null;
        }
    }

    private static ProducerRecord<String, Object> record(Source source, JourneySnapshot snapshot) {
        var headers = new EventHeaders(
                snapshot.getEventId(),
                SOURCE,
                EventHeaders.type("journey-snapshot"),
                null,
                snapshot.getReceivedAt(),
                source.correlationId(),
                source.traceparent());
        return new ProducerRecord<>(
                TopicCatalogue.JOURNEY_SNAPSHOTS, null, snapshot.getBorrowerKey(), snapshot, headers.toKafka());
    }

    /** Made late, because a broker whose name cannot be resolved yet refuses to have a client. */
    private synchronized Producer<String, Object> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }
}
