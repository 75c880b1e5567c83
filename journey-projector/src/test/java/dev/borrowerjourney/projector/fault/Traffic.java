package dev.borrowerjourney.projector.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Snapshots of some journeys, each of another state, so that version n of a journey is its snapshot n and nothing else. */
final class Traffic implements AutoCloseable {

    /** Of the snapshot before the first, so that they all are of today. */
    private final long sequence = Instant.now().getEpochSecond() - SnapshotFixtures.START.getEpochSecond();

    private final Ground ground;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<SnapshotFixtures, Integer> sent = new LinkedHashMap<>();

    Traffic(Ground ground, int journeys) {
        this.ground = ground;
        // Not idempotent, because a log whose end was cut off does not know its producers.
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        ground.broker().bootstrapServers(),
                        "client.id",
                        "test",
                        "enable.idempotence",
                        false,
                        "acks",
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        IntStream.range(0, journeys).forEach(_ -> sent.put(new SnapshotFixtures(), 0));
    }

    SnapshotFixtures journey() {
        return journeys().getFirst();
    }

    List<SnapshotFixtures> journeys() {
        return List.copyOf(sent.keySet());
    }

    int versionsOf(SnapshotFixtures journey) {
        return sent.getOrDefault(journey, 0);
    }

    static String stepOf(long version) {
        return "STEP_" + version;
    }

    /** The next snapshot of each journey. */
    void sendEach() {
        journeys().forEach(this::send);
    }

    /** The next snapshot of a journey; it is in the log on return. */
    RecordMetadata send(SnapshotFixtures journey) {
        int version = versionsOf(journey) + 1;
        var snapshot = journey.webhook(sequence + version, "PROFILE_REQUIRED", stepOf(version));
        var value = ground.serdes().serializer().serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot);
        var key = snapshot.getBorrowerKey().getBytes(UTF_8);
        var headers = SnapshotFixtures.headers("correlation-" + version);
        try {
            var record = new ProducerRecord<>(TopicCatalogue.JOURNEY_SNAPSHOTS, null, key, value, headers);
            var metadata = producer.send(record).get();
            sent.put(journey, version);
            return metadata;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
