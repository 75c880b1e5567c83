package dev.borrowerjourney.sandbox.demo.operator;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.NotificationDelivered;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads four topics, the end of what they say and all that comes: partitions assigned, no group, nothing committed. */
final class KafkaTrail {

    /** Records of each partition that are read again at the start. */
    private static final long END = 1_000;

    private static final Duration POLL = Duration.ofMillis(250);

    private static final List<String> TOPICS = List.of(
            TopicCatalogue.JOURNEY_SNAPSHOTS,
            TopicCatalogue.JOURNEY_CHANGES,
            TopicCatalogue.NOTIFICATION_DELIVERIES,
            TopicCatalogue.QUARANTINE);

    private final DemoFile demo;
    private final Journeys journeys;

    KafkaTrail(DemoFile demo, Journeys journeys) {
        this.demo = demo;
        this.journeys = journeys;
    }

    /**
     * Follows until something fails.
     *
     * @throws KafkaException also if the registry is away; whoever called begins again
     */
    void follow() {
        var serdes = ContractSerdes.of(Map.of("schema.registry.url", demo.urls().schemaRegistry()));
        try (var values = serdes.deserializer();
                var consumer = consumer()) {
            var partitions = TOPICS.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            var begins = consumer.beginningOffsets(partitions);
            consumer.endOffsets(partitions)
                    .forEach((partition, end) -> consumer.seek(
                            partition, Math.max(Objects.requireNonNull(begins.get(partition)), end - END)));
            while (true) {
                consumer.poll(POLL).forEach(found -> take(found, values));
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        demo.kafka().bootstrapServers(),
                        "client.id",
                        "operator-page",
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false,
                        "allow.auto.create.topics",
                        false,
                        "max.poll.records",
                        1_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private void take(ConsumerRecord<byte[], byte[]> found, Deserializer<Object> values) {
        try {
            switch (values.deserialize(found.topic(), found.value())) {
                case JourneySnapshot snapshot -> logged(found, snapshot);
                case JourneyChanged change -> published(found, change);
                case QuarantinedDelivery delivery -> journeys.quarantined(quarantined(found, delivery));
                case NotificationDelivered delivered -> journeys.touched(delivered.getJourneyId());
                case null, default -> {
                    // Of a writer newer than this page.
                }
            }
        } catch (KafkaException | AvroRuntimeException e) {
            if (e.getCause() instanceof IOException) {
                // The registry is away; the record is as good as any.
                throw e;
            }
            System.out.println(place(found) + ": not read, " + e.getClass().getSimpleName());
        }
    }

    private void logged(ConsumerRecord<?, ?> found, JourneySnapshot snapshot) {
        for (var observed : snapshot.getJourneys()) {
            journeys.logged(observed.getJourneyId(), logged(found, snapshot, observed));
        }
    }

    private static Logged logged(ConsumerRecord<?, ?> found, JourneySnapshot snapshot, JourneyObservation observed) {
        var core = Optional.ofNullable(observed.getCore());
        return new Logged(
                place(found),
                snapshot.getSource().name(),
                snapshot.getEventId(),
                correlationId(found),
                snapshot.getReceivedAt(),
                Instant.ofEpochMilli(found.timestamp()),
                snapshot.getLate(),
                snapshot.getUpdatedAt() == null ? snapshot.getAnsweredAt() : snapshot.getUpdatedAt(),
                core.map(known -> known.getStatus()).orElse(null),
                core.map(known -> known.getNextAction()).orElse(null));
    }

    private void published(ConsumerRecord<?, ?> found, JourneyChanged change) {
        var core = change.getAfter().getCore();
        journeys.published(
                change.getJourneyId(),
                new Published(
                        place(found),
                        change.getVersion(),
                        core.getStatus(),
                        core.getNextAction(),
                        change.getSource().name(),
                        new Place(
                                TopicCatalogue.JOURNEY_SNAPSHOTS,
                                change.getSourceOffset().getPartition(),
                                change.getSourceOffset().getOffset()),
                        change.getEventId(),
                        change.getChangedAt(),
                        Instant.ofEpochMilli(found.timestamp()),
                        correlationId(found)));
    }

    private static Quarantined quarantined(ConsumerRecord<?, ?> found, QuarantinedDelivery delivery) {
        return new Quarantined(
                place(found),
                delivery.getEventId(),
                delivery.getReason(),
                delivery.getReceivedAt(),
                Instant.ofEpochMilli(found.timestamp()));
    }

    private static @Nullable String correlationId(ConsumerRecord<?, ?> found) {
        return EventHeaders.text(found.headers(), EventHeaders.CORRELATION_ID).orElse(null);
    }

    private static Place place(ConsumerRecord<?, ?> found) {
        return new Place(found.topic(), found.partition(), found.offset());
    }
}
