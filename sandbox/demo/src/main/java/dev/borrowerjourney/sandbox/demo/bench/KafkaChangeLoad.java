package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.load.stream.ChangeLedger;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** Publishes changes in the projector's place, each when it is due, whatever becomes of those before. */
final class KafkaChangeLoad implements AutoCloseable {

    /** What is sent at once shares a request; none waits for the next one longer than a millisecond. */
    static final Map<String, Object> SETTINGS = Map.of("acks", "all", "linger.ms", 1, "batch.size", 65_536);

    private static final long AHEAD = 200_000_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<Object> values;
    private final List<StreamBorrowers.Borrower> borrowers;
    private final String correlationId = UUID.randomUUID().toString();

    KafkaChangeLoad(DemoFile demo, List<StreamBorrowers.Borrower> borrowers) {
        var settings = new LinkedHashMap<>(SETTINGS);
        settings.put("bootstrap.servers", demo.kafka().bootstrapServers());
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.values = ContractSerdes.of(
                        Map.of("schema.registry.url", demo.urls().schemaRegistry()))
                .serializer();
        this.borrowers = borrowers;
    }

    /**
     * A change that the broker has acknowledged.
     *
     * @param due what it is stamped with
     */
    record Acknowledged(StreamBorrowers.Borrower borrower, ChangeLedger.Change change, Instant due) {}

    /**
     * How far the schedule was kept.
     *
     * @param lateMicros by which changes were sent after they were due
     */
    record Sent(double perSecond, Histogram lateMicros) {}

    /**
     * Sends all changes of a ledger.
     *
     * @param acknowledged told of each, on the producer's own thread
     * @return how far this thread kept to the schedule
     */
    Sent send(ChangeLedger ledger, Consumer<Acknowledged> acknowledged) {
        var late = new Histogram(3);
        var begunAt = Instant.now().plusNanos(AHEAD);
        long begun = System.nanoTime() + AHEAD;
        for (int number = 0; number < ledger.count(); number++) {
            var change = ledger.change(number);
            long due = begun + change.afterNanos();
            for (long gap = due - System.nanoTime(); gap > 0; gap = due - System.nanoTime()) {
                LockSupport.parkNanos(gap);
            }
            late.recordValue(Math.max(0, System.nanoTime() - due) / 1_000);
            ledger.due(change, due);
            send(
                    ledger,
                    new Acknowledged(borrowers.get(change.borrower()), change, begunAt.plusNanos(change.afterNanos())),
                    acknowledged);
        }
        var sent = new Sent(ledger.count() / ((System.nanoTime() - begun) / 1e9), late);
        producer.flush();
        return sent;
    }

    private void send(ChangeLedger ledger, Acknowledged change, Consumer<Acknowledged> acknowledged) {
        var _ = producer.send(record(change), (_, failure) -> {
            if (failure == null) {
                ledger.acknowledged(change.change(), System.nanoTime());
                acknowledged.accept(change);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(Acknowledged change) {
        var borrower = change.borrower();
        long version = change.change().version();
        var headers = new EventHeaders(
                EventIds.change(borrower.key(), borrower.journeyId(), version).toString(),
                "/journey-projector",
                EventHeaders.type("journey-changed"),
                borrower.journeyId(),
                change.due(),
                correlationId,
                null);
        return new ProducerRecord<>(
                TopicCatalogue.JOURNEY_CHANGES,
                null,
                borrower.key().value().getBytes(UTF_8),
                values.serialize(TopicCatalogue.JOURNEY_CHANGES, StreamChanges.event(borrower, version, change.due())),
                headers.toKafka());
    }

    /** As it would stand in a file of settings. */
    static String settings() {
        var words = new ArrayList<String>();
        SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> words.add(entry.getKey() + "=" + entry.getValue()));
        return String.join(" ", words);
    }

    @Override
    public void close() {
        producer.close();
        values.close();
    }
}
