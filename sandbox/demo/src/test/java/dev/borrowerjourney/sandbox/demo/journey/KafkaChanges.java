package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The topic as an analytics team reads it: committed records, decoded through the registry. */
final class KafkaChanges {

    private KafkaChanges() {}

    /** The changes of one journey, in order; waits a minute for as many as are expected. */
    static List<JourneyChanged> of(DemoFile demo, String journeyId, int expected) {
        try (var consumer = new KafkaConsumer<String, JourneyChanged>(Map.of(
                "bootstrap.servers",
                demo.kafka().bootstrapServers(),
                "key.deserializer",
                StringDeserializer.class,
                "value.deserializer",
                KafkaAvroDeserializer.class,
                "schema.registry.url",
                demo.urls().schemaRegistry(),
                "specific.avro.reader",
                true,
                "isolation.level",
                "read_committed",
                "auto.offset.reset",
                "earliest"))) {
            consumer.assign(consumer.partitionsFor(TopicCatalogue.JOURNEY_CHANGES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList());
            var changes = new ArrayList<JourneyChanged>();
            var deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (changes.size() < expected && System.nanoTime() < deadline) {
                for (var found : consumer.poll(Duration.ofMillis(200))) {
                    if (found.value().getJourneyId().equals(journeyId)) {
                        changes.add(found.value());
                    }
                }
            }
            return changes;
        }
    }
}
