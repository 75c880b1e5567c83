package dev.borrowerjourney.sandbox.load.verification;

import dev.borrowerjourney.schemas.header.EventHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the event ids of a whole topic, as a reader of committed records sees it. */
public final class KafkaRecordIds {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrapServers;

    public KafkaRecordIds(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * How many records carry each {@code ce_id}, from the topic's beginning to the end it has at the call.
     *
     * @throws IllegalStateException if a record has no id, or the end is not reached before the deadline
     */
    public Map<String, Integer> read(String topic, Duration deadline) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, consumer.endOffsets(partitions), deadline);
        }
    }

    private static Map<String, Integer> read(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends, Duration deadline) {
        var recordsById = new HashMap<String, Integer>();
        var until = System.nanoTime() + deadline.toNanos();
        while (!reached(consumer, ends)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("end of " + ends.keySet() + ": not reached within " + deadline);
            }
            for (var consumed : consumer.poll(POLL)) {
                var id = EventHeaders.text(consumed.headers(), EventHeaders.ID)
                        .orElseThrow(() -> new IllegalStateException(consumed.topic() + "-" + consumed.partition() + "@"
                                + consumed.offset() + ": no ce_id"));
                recordsById.merge(id, 1, Integer::sum);
            }
        }
        return recordsById;
    }

    private static boolean reached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return Set.copyOf(ends.entrySet()).stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
