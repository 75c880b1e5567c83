package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in the log of snapshots. */
final class SnapshotLog implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;
    private final ContractSerdes serdes;
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    SnapshotLog(String bootstrapServers, String registryUrl) {
        serdes = ContractSerdes.of(Map.of("schema.registry.url", registryUrl));
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** All records of a borrower until now, in order. */
    synchronized List<JourneySnapshot> of(BorrowerKey borrower) {
        consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
        try (var values = serdes.deserializer()) {
            return seen.stream()
                    .filter(record -> borrower.value().equals(record.key()))
                    .map(record -> (JourneySnapshot) values.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    synchronized List<ConsumerRecord<String, byte[]>> recordsOf(BorrowerKey borrower) {
        return seen.stream()
                .filter(record -> borrower.value().equals(record.key()))
                .toList();
    }

    @Override
    public synchronized void close() {
        consumer.close();
    }
}
