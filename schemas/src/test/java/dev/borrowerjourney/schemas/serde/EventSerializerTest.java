package dev.borrowerjourney.schemas.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.Offer;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventSerializerTest {

    static final String REGISTRY = "mock://event-serializer";

    final KafkaAvroSerializer confluent = new KafkaAvroSerializer();
    final ContractSerdes serdes = ContractSerdes.of(Map.of("schema.registry.url", REGISTRY));

    EventSerializerTest() {
        confluent.configure(
                Map.of(
                        "schema.registry.url", REGISTRY,
                        "auto.register.schemas", false,
                        "avro.remove.java.properties", true),
                false);
    }

    @BeforeAll
    static void registerSchemas() throws Exception {
        var registry = MockSchemaRegistry.getClientForScope("event-serializer");
        for (var topic : TopicCatalogue.topics()) {
            registry.register(topic.subject(), new AvroSchema(topic.schema()));
        }
    }

    @Test
    void writesEveryRecordAsConfluentsSerializerDoes() {
        try (var serializer = serdes.serializer()) {
            for (int number = 0; number < 50; number++) {
                var event = snapshot(number);

                assertThat(serializer.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, event))
                        .isEqualTo(confluent.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, event));
            }
        }
    }

    @Test
    void keepsTheTopicsApart() {
        try (var serializer = serdes.serializer()) {
            for (int number = 0; number < 3; number++) {
                var snapshot = snapshot(number);
                var quarantined = quarantined(number);

                assertThat(serializer.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot))
                        .isEqualTo(confluent.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot));
                assertThat(serializer.serialize(TopicCatalogue.QUARANTINE, quarantined))
                        .isEqualTo(confluent.serialize(TopicCatalogue.QUARANTINE, quarantined));
            }
        }
    }

    /** Half of a record that could not be written must not begin the next one. */
    @Test
    void writesNothingOfAnEventThatFailedIntoTheNext() {
        try (var serializer = serdes.serializer()) {
            serializer.serialize(TopicCatalogue.QUARANTINE, quarantined(1));
            var endless = QuarantinedDelivery.newBuilder(quarantined(2))
                    .setReceivedAt(Instant.MAX)
                    .build();
            assertThatThrownBy(() -> serializer.serialize(TopicCatalogue.QUARANTINE, endless))
                    .isInstanceOf(ArithmeticException.class);

            assertThat(serializer.serialize(TopicCatalogue.QUARANTINE, quarantined(3)))
                    .isEqualTo(confluent.serialize(TopicCatalogue.QUARANTINE, quarantined(3)));
        }
    }

    @Test
    void writesNothingForATombstone() {
        try (var serializer = serdes.serializer()) {
            serializer.serialize(TopicCatalogue.QUARANTINE, quarantined(1));

            assertThat(serializer.serialize(TopicCatalogue.QUARANTINE, null)).isNull();
        }
    }

    @Test
    void writesFromManyThreadsAtOnce() throws Exception {
        try (var serializer = serdes.serializer();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var written = new ArrayList<Future<byte[]>>();
            for (int number = 0; number < 500; number++) {
                var event = snapshot(number);
                written.add(threads.submit(() -> serializer.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, event)));
            }

            for (int number = 0; number < written.size(); number++) {
                assertThat(written.get(number).get())
                        .isEqualTo(confluent.serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot(number)));
            }
        }
    }

    private static JourneySnapshot snapshot(int number) {
        var offers = new ArrayList<Offer>();
        for (int i = 0; i < number % 40; i++) {
            offers.add(Offer.newBuilder()
                    .setOfferId("offer-" + i)
                    .setLender("भारत " + number)
                    .setTenureMonths(i)
                    .setValidUntil(Instant.ofEpochMilli(number))
                    .build());
        }
        var details = number % 2 == 0 ? null : new JourneyDetails("PERSONAL_LOAN", null, offers, null, null);
        return JourneySnapshot.newBuilder()
                .setEventId("evt_" + number)
                .setSource(Source.WEBHOOK)
                .setApplicationId("b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d02")
                .setBorrowerKey("key")
                .setSequence((long) number * Integer.MAX_VALUE)
                .setReceivedAt(Instant.ofEpochMilli(1_772_730_500_000L + number))
                .setJourneys(
                        List.of(new JourneyObservation("journey-" + number, new JourneyCore("STARTED", null), details)))
                .setSealed(ByteBuffer.wrap("s".repeat(number * 100).getBytes(UTF_8)))
                .build();
    }

    private static QuarantinedDelivery quarantined(int number) {
        return QuarantinedDelivery.newBuilder()
                .setEventId("evt_" + number)
                .setApplicationId("b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d02")
                .setSecretId("current")
                .setReason("NO_STATUS")
                .setReceivedAt(Instant.ofEpochMilli(number))
                .setSealed(ByteBuffer.allocate(number))
                .build();
    }
}
