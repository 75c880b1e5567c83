package dev.borrowerjourney.ingest.scan;

import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** One reading of one topic without a consumer group, so that it moves nobody's offsets. For one thread. */
public final class KafkaScan implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<Object> values;

    /** Takes the service's consumer settings, with the registry's URL among them. */
    public KafkaScan(Map<String, Object> configured, String topic) {
        this.topic = topic;
        this.values = ContractSerdes.of(configured).deserializer();
        var settings = new HashMap<>(configured);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Hands over every record that the topic holds now. Only what a record is asked for is decoded.
     *
     * @param since when the earliest record was written, or null for all
     */
    public void all(@Nullable Instant since, Consumer<Scanned> reader) {
        var partitions = partitions();
        consumer.assign(partitions);
        var ends = consumer.endOffsets(partitions);
        seek(partitions, ends, since);
        var total = remaining(ends);
        var progress = new Progress(topic);
        var heard = System.nanoTime();
        for (var left = total; left > 0; left = remaining(ends)) {
            var polled = consumer.poll(POLL);
            for (var written : polled) {
                if (written.offset() < Objects.requireNonNull(ends.get(partition(written)))) {
                    reader.accept(new Found(written, values));
                }
            }
            if (remaining(ends) < left) {
                heard = System.nanoTime();
            }
            giveUpIfSilent(heard);
            progress.at(total - remaining(ends), total);
        }
    }

    /** The one record at a place, or empty if the topic has none there. */
    public Optional<Scanned> at(int partition, long offset) {
        var place = new TopicPartition(topic, partition);
        if (!partitions().contains(place)) {
            return Optional.empty();
        }
        consumer.assign(List.of(place));
        if (offset < first(consumer.beginningOffsets(List.of(place)), place)
                || offset >= first(consumer.endOffsets(List.of(place)), place)) {
            return Optional.empty();
        }
        consumer.seek(place, offset);
        var heard = System.nanoTime();
        while (consumer.position(place) <= offset) {
            for (var written : consumer.poll(POLL)) {
                if (written.offset() == offset) {
                    return Optional.of(new Found(written, values));
                }
            }
            giveUpIfSilent(heard);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }

    private List<TopicPartition> partitions() {
        var partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException("topic " + topic + ": missing (expected: as in the catalogue)");
        }
        return partitions;
    }

    private void seek(List<TopicPartition> partitions, Map<TopicPartition, Long> ends, @Nullable Instant since) {
        consumer.seekToBeginning(partitions);
        if (since == null) {
            return;
        }
        var times = partitions.stream().collect(Collectors.toMap(place -> place, _ -> since.toEpochMilli()));
        consumer.offsetsForTimes(times).forEach((place, found) -> {
            // None at or after that time: nothing of this partition is asked for.
            consumer.seek(place, found == null ? first(ends, place) : found.offset());
        });
    }

    private long remaining(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    private void giveUpIfSilent(long heard) {
        if (System.nanoTime() - heard > PATIENCE.toNanos()) {
            throw new IllegalStateException("topic " + topic + ": nothing came for " + PATIENCE.toSeconds()
                    + " s (expected: a broker that answers)");
        }
    }

    private static long first(Map<TopicPartition, Long> offsets, TopicPartition place) {
        return Objects.requireNonNull(offsets.get(place));
    }

    private record Found(ConsumerRecord<String, byte[]> written, Deserializer<Object> values) implements Scanned {

        @Override
        public int partition() {
            return written.partition();
        }

        @Override
        public long offset() {
            return written.offset();
        }

        @Override
        public String key() {
            return Objects.requireNonNullElse(written.key(), "");
        }

        @Override
        public Optional<String> header(String name) {
            return EventHeaders.text(written.headers(), name);
        }

        @Override
        public Optional<Object> value() {
            return written.value() == null
                    ? Optional.empty()
                    : Optional.of(values.deserialize(written.topic(), written.value()));
        }
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> written) {
        return new TopicPartition(written.topic(), written.partition());
    }
}
