package dev.borrowerjourney.sandbox.load.verification;

import dev.borrowerjourney.schemas.header.EventHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads the event ids of a whole topic, as a reader of committed records sees it. Only the header is looked at. */
public final class KafkaRecordIds {

    private static final Duration POLL = Duration.ofMillis(500);

    private final String bootstrapServers;

    public KafkaRecordIds(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * The {@code ce_id} of each record, from the topic's beginning to the end it has at the call.
     *
     * @throws IllegalStateException if a record has no id, or the end is not reached before the deadline
     */
    public Ids read(String topic, Duration deadline) {
        var settings = Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000",
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "4194304");
        try (var consumer = new KafkaConsumer<>(settings, new Unread(), new Unread())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return read(consumer, consumer.endOffsets(partitions), deadline);
        }
    }

    private static Ids read(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends, Duration deadline) {
        var ids = new Ids();
        var until = System.nanoTime() + deadline.toNanos();
        while (!reached(consumer, ends)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("end of " + ends.keySet() + ": not reached within " + deadline);
            }
            for (var consumed : consumer.poll(POLL)) {
                ids.add(id(consumed));
            }
        }
        return ids;
    }

    private static byte[] id(ConsumerRecord<?, ?> consumed) {
        var header = consumed.headers().lastHeader(EventHeaders.ID);
        if (header == null || header.value() == null) {
            throw new IllegalStateException(
                    consumed.topic() + "-" + consumed.partition() + "@" + consumed.offset() + ": no ce_id");
        }
        return header.value();
    }

    private static boolean reached(KafkaConsumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return Set.copyOf(ends.entrySet()).stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    /** Keys and values are not even copied. */
    private static final class Unread implements Deserializer<@Nullable Object> {

        @Override
        public @Nullable Object deserialize(String topic, byte[] data) {
            return null;
        }

        @Override
        public @Nullable Object deserialize(String topic, Headers headers, ByteBuffer data) {
            return null;
        }
    }
}
