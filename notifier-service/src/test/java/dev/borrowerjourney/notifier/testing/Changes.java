package dev.borrowerjourney.notifier.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.Freshness;
import dev.borrowerjourney.schemas.event.FreshnessState;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.event.SourceOffset;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes changes as the projector does, in the order of the calls. */
public final class Changes implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final Serializer<Object> values;

    public Changes(String bootstrapServers, String registryUrl) {
        producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "delivery.timeout.ms",
                        "60000",
                        "request.timeout.ms",
                        "10000",
                        "max.request.size",
                        "4000000"),
                new StringSerializer(),
                new ByteArraySerializer());
        values = ContractSerdes.of(Map.of("schema.registry.url", registryUrl)).serializer();
    }

    public void publish(BorrowerKey borrower, UUID applicationId, String journeyId, long version, String status) {
        send(
                borrower.value(),
                values.serialize(
                        TopicCatalogue.JOURNEY_CHANGES, change(borrower, applicationId, journeyId, version, status)));
    }

    public void publish(JourneyChanged change) {
        send(change.getBorrowerKey(), values.serialize(TopicCatalogue.JOURNEY_CHANGES, change));
    }

    /** One that a webhook of this trace led to. */
    public void publish(
            BorrowerKey borrower,
            UUID applicationId,
            String journeyId,
            long version,
            String status,
            String traceparent) {
        var value = values.serialize(
                TopicCatalogue.JOURNEY_CHANGES, change(borrower, applicationId, journeyId, version, status));
        var record = new ProducerRecord<>(TopicCatalogue.JOURNEY_CHANGES, borrower.value(), value);
        record.headers().add(EventHeaders.TRACEPARENT, traceparent.getBytes(UTF_8));
        send(record);
    }

    public void send(String key, byte[] value) {
        send(new ProducerRecord<>(TopicCatalogue.JOURNEY_CHANGES, key, value));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        values.close();
    }

    public static JourneyChanged change(
            BorrowerKey borrower, UUID applicationId, String journeyId, long version, String status) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return JourneyChanged.newBuilder()
                .setChangeId(EventIds.change(borrower, journeyId, version).toString())
                .setBorrowerKey(borrower.value())
                .setApplicationId(applicationId.toString())
                .setJourneyId(journeyId)
                .setVersion(version)
                .setAfter(JourneyContent.newBuilder()
                        .setCore(JourneyCore.newBuilder()
                                .setStatus(status)
                                .setNextAction("WAIT")
                                .build())
                        .build())
                .setSource(Source.WEBHOOK)
                .setPlatformAt(now)
                .setChangedAt(now)
                .setFresh(Freshness.newBuilder()
                        .setAsOf(now)
                        .setState(FreshnessState.FRESH)
                        .build())
                .setEventId("evt_" + version)
                .setSourceOffset(SourceOffset.newBuilder()
                        .setTopicId("AAAAAAAAAAAAAAAAAAAAAA")
                        .setPartition(0)
                        .setOffset(version)
                        .build())
                .build();
    }
}
