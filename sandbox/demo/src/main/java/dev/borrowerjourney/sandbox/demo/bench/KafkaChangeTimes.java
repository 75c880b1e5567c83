package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When each committed change was there to be read, by the event that caused it. */
final class KafkaChangeTimes implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final ContractSerdes serdes;
    private final Map<String, Long> arrived = new ConcurrentHashMap<>();
    private final Thread reader = Thread.ofPlatform().name("changes").unstarted(this::read);
    private volatile boolean closed;

    KafkaChangeTimes(String brokers, String registry) {
        this.serdes = ContractSerdes.of(Map.of("schema.registry.url", registry));
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed", "fetch.max.wait.ms", 50),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    static String idOf(Headers headers) {
        return new String(headers.lastHeader("ce_id").value(), UTF_8);
    }

    /** Returns once it stands at the topic's end. */
    void start() {
        var partitions = consumer.partitionsFor(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader.start();
    }

    /** Nanoseconds by the id of the event, once there are so many or the time is over. */
    Map<String, Long> await(long count, Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (arrived.size() < count && System.nanoTime() < until) {
            reader.join(POLL);
        }
        return new HashMap<>(arrived);
    }

    private void read() {
        try (consumer;
                var values = serdes.deserializer()) {
            while (!closed) {
                for (var record : consumer.poll(POLL)) {
                    long now = System.nanoTime();
                    var changed = (JourneyChanged) values.deserialize(record.topic(), record.value());
                    arrived.put(changed.getEventId(), now);
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
