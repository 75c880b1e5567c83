package dev.borrowerjourney.projector.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.command.Progress;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Reads everything that is committed on a compacted topic as of now; of one key in its order. */
final class KafkaWholeTopic {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String topic;
    private final Map<String, Object> settings;
    private final ContractSerdes serdes;

    KafkaWholeTopic(String topic, Map<String, Object> configured, ContractSerdes serdes) {
        this.topic = topic;
        this.settings = KafkaLog.settings(configured);
        this.serdes = serdes;
    }

    /**
     * Hands out every key with its value; no value takes back what was said under the key before.
     *
     * @return false if there is no such topic
     */
    boolean read(BiConsumer<String, @Nullable Object> entries) {
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings);
                var values = serdes.deserializer()) {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            var beginnings = consumer.beginningOffsets(partitions, PATIENCE);
            beginnings.forEach(consumer::seek);
            var ends = consumer.endOffsets(partitions, PATIENCE);
            var progress = new Progress("read " + topic);
            long all = sum(ends) - sum(beginnings);
            var patience = System.nanoTime() + PATIENCE.toNanos();
            for (long left = left(consumer, ends); left > 0; left = left(consumer, ends)) {
                progress.at(all - left, all);
                consumer.poll(POLL).forEach(record -> {
                    if (record.key() != null) {
                        entries.accept(new String(record.key(), UTF_8), values.deserialize(topic, record.value()));
                    }
                });
                if (left(consumer, ends) < left) {
                    patience = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() - patience > 0) {
                    throw new Refusal("topic " + topic + ": the broker gives nothing for " + PATIENCE.toSeconds()
                            + " s, and " + left + " offsets are left");
                }
            }
            return !partitions.isEmpty();
        }
    }

    private static long left(Consumer<?, ?> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Objects::requireNonNull).sum();
    }
}
