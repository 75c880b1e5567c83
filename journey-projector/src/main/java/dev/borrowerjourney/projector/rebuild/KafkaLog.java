package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads a topic's partitions, one at a time and beside its consumer group, on one thread. */
final class KafkaLog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FETCH = 8 * 1024 * 1024;

    /**
     * What the log holds.
     *
     * @param first offset
     * @param end the offset after the last
     */
    record Bounds(long first, long end) {}

    private final String topic;
    private final Consumer<byte[], byte[]> consumer;
    private final ArrayDeque<SourceRecord> waiting = new ArrayDeque<>();
    private @Nullable TopicPartition source;

    KafkaLog(String topic, Map<String, Object> configured) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(settings(configured));
    }

    static Map<String, Object> settings(Map<String, Object> configured) {
        var settings = new HashMap<>(configured);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        // A broker that holds a question for more records back keeps the next partition waiting.
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH);
        return settings;
    }

    /** @throws Refusal if there is no such topic */
    Map<Integer, Bounds> bounds() {
        var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                .map(PartitionInfo::partition)
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        if (partitions.isEmpty()) {
            throw new Refusal("topic " + topic + ": missing (expected: made before, by the catalogue)");
        }
        // Or the client says of each that it is not assigned.
        source = null;
        consumer.assign(partitions);
        var beginnings = consumer.beginningOffsets(partitions, PATIENCE);
        var ends = consumer.endOffsets(partitions, PATIENCE);
        var bounds = new HashMap<Integer, Bounds>();
        for (var partition : partitions) {
            bounds.put(
                    partition.partition(),
                    new Bounds(
                            Objects.requireNonNull(beginnings.get(partition)),
                            Objects.requireNonNull(ends.get(partition))));
        }
        return bounds;
    }

    /** When the first record from an offset on was appended, if there is one. */
    Optional<Instant> recordedAt(int partition, Bounds bounds) {
        if (bounds.first() >= bounds.end()) {
            return Optional.empty();
        }
        seek(partition, bounds.first());
        var first = next(1, bounds.end() - 1);
        return first.isEmpty() ? Optional.empty() : Optional.of(first.getFirst().recordedAt());
    }

    /** Goes to an offset of a partition, unless it is there. */
    void seek(int partition, long offset) {
        var wanted = new TopicPartition(topic, partition);
        if (wanted.equals(source) && offset == nextOffset(wanted)) {
            return;
        }
        source = wanted;
        waiting.clear();
        consumer.assign(Set.of(wanted));
        consumer.seek(wanted, offset);
    }

    /**
     * The next records, in their order; fewer than asked for only at the end.
     *
     * @param last the last offset that is wanted
     * @throws Refusal if the log does not hold what is wanted
     */
    List<SourceRecord> next(int most, long last) {
        var from = Objects.requireNonNull(source);
        var records = new ArrayList<SourceRecord>();
        var patience = System.nanoTime() + PATIENCE.toNanos();
        while (records.size() < most && nextOffset(from) <= last) {
            var next = waiting.poll();
            if (next != null) {
                records.add(next);
            } else if (poll(from)) {
                patience = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - patience > 0) {
                throw new Refusal(from + ": the broker gives nothing from offset " + consumer.position(from)
                        + " on, and " + last + " is wanted (expected: within " + PATIENCE.toSeconds() + " s)");
            }
        }
        return records;
    }

    /** Whether it went on, be it over records that nobody sees. */
    private boolean poll(TopicPartition from) {
        long before = consumer.position(from);
        try {
            consumer.poll(POLL).records(from).forEach(record -> waiting.add(source(record)));
        } catch (OffsetOutOfRangeException e) {
            throw new Refusal(from + ": the log does not hold offset " + before + " any more, which was not read yet:"
                    + " begin anew with rebuild --shadow --restart");
        }
        return !waiting.isEmpty() || consumer.position(from) > before;
    }

    private long nextOffset(TopicPartition from) {
        var next = waiting.peek();
        return next == null ? consumer.position(from) : next.offset();
    }

    private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
        return new SourceRecord(
                record.offset(), Instant.ofEpochMilli(record.timestamp()), record.key(), record.value(), Map.of());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
