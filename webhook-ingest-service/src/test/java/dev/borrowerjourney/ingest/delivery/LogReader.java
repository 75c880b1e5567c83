package dev.borrowerjourney.ingest.delivery;

import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as any team would, with the registry's own deserializer. */
final class LogReader {

    private final Map<String, Object> settings;
    private final KafkaAvroDeserializer values = new KafkaAvroDeserializer();

    LogReader(String bootstrapServers, String registry) {
        this.settings = Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        values.configure(Map.of("schema.registry.url", registry, "specific.avro.reader", true), false);
    }

    /** Every record that is in the topic now. */
    List<ConsumerRecord<String, Object>> all(String topic) {
        try (var consumer = new KafkaConsumer<String, Object>(settings, new StringDeserializer(), values)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<String, Object>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
            return records;
        }
    }
}
