package dev.borrowerjourney.projector;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a reader of a topic sees that waits for transactions to be committed. */
public final class CommittedRecords {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private CommittedRecords() {}

    /**
     * All of a topic, in the order of partitions' offsets, up to where its log ended when this was called. Transactions that
     * are open by then are waited for, because their producer hears of its commit before readers do.
     */
    public static List<ConsumerRecord<String, byte[]>> of(String brokers, String topic) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", brokers,
                "client.id", "test",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = ends(brokers, partitions);
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            var deadline = Instant.now().plus(PATIENCE);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("A transaction of " + topic + " has no end within " + PATIENCE);
                }
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
            return records;
        }
    }

    /** Of the logs, and not of what readers may see by now. */
    private static Map<TopicPartition, Long> ends(String brokers, Collection<TopicPartition> partitions) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", brokers, "client.id", "test", "isolation.level", "read_uncommitted");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(partitions);
        }
    }
}
