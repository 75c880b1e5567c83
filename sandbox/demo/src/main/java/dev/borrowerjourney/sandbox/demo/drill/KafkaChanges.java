package dev.borrowerjourney.sandbox.demo.drill;

import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the changes as they come, committed ones or all, from the topic's present end on, in a thread of its own. */
final class KafkaChanges implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ContractSerdes serdes;
    private final Pauses pauses;
    private final Thread reader = Thread.ofPlatform().name("changes").unstarted(this::read);
    private volatile boolean closed;

    KafkaChanges(String brokers, ContractSerdes serdes, String isolation, Pauses pauses) {
        this.serdes = serdes;
        this.pauses = pauses;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", isolation, "fetch.max.wait.ms", 50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Returns once it stands at the end. */
    void start() {
        var partitions = consumer.partitionsFor(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader.start();
    }

    private void read() {
        try (consumer;
                var values = serdes.deserializer()) {
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    long now = System.nanoTime();
                    var change = (JourneyChanged) values.deserialize(record.topic(), record.value());
                    pauses.changed(
                            new Pauses.Change(
                                    change.getEventId(),
                                    change.getJourneyId(),
                                    change.getVersion(),
                                    change.getSourceOffset().getPartition()),
                            now);
                }
            }
        }
    }

    /** The reader ends after its next look. */
    @Override
    public void close() {
        closed = true;
    }
}
