package dev.borrowerjourney.sandbox.demo.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads what the records of the topic say of their times. */
final class KafkaSnapshotTimes {

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration READING = Duration.ofMinutes(3);

    private final String bootstrapServers;
    private final String registry;

    /**
     * The times of one record.
     *
     * @param eventId the platform's
     * @param signedAt as the signature covers it
     * @param late as the service judged it
     */
    record Times(String eventId, @Nullable Instant signedAt, Instant receivedAt, boolean late) {}

    KafkaSnapshotTimes(String bootstrapServers, String registry) {
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
    }

    /** Each record, from the topic's beginning to the end it has at the call. */
    void forEach(Consumer<Times> consumer) {
        try (var kafka = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), values())) {
            var partitions = kafka.partitionsFor(TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                    .map(partition -> new TopicPartition(TopicCatalogue.JOURNEY_SNAPSHOTS, partition.partition()))
                    .toList();
            kafka.assign(partitions);
            kafka.seekToBeginning(partitions);
            read(kafka, kafka.endOffsets(partitions), consumer);
        }
    }

    private static void read(
            KafkaConsumer<byte[], Object> kafka, Map<TopicPartition, Long> ends, Consumer<Times> consumer) {
        long until = System.nanoTime() + READING.toNanos();
        while (!reached(kafka, ends)) {
            if (System.nanoTime() > until) {
                throw new DrillFailed("end of the topic: not reached within " + READING);
            }
            for (var each : kafka.poll(POLL)) {
                if (each.value() instanceof JourneySnapshot snapshot) {
                    consumer.accept(new Times(
                            new String(
                                    each.headers().lastHeader(EventHeaders.ID).value(), UTF_8),
                            snapshot.getSignedAt(),
                            snapshot.getReceivedAt(),
                            snapshot.getLate()));
                }
            }
        }
    }

    private static boolean reached(KafkaConsumer<?, ?> kafka, Map<TopicPartition, Long> ends) {
        return List.copyOf(ends.entrySet()).stream().allMatch(end -> kafka.position(end.getKey()) >= end.getValue());
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "10000");
    }

    private Deserializer<Object> values() {
        return ContractSerdes.of(Map.of("schema.registry.url", registry)).deserializer();
    }
}
