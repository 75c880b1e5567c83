package dev.borrowerjourney.sandbox.demo.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.bench.JourneyLog;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Appends snapshots by the clock, whatever becomes of them, and knows what must become of them. */
final class KafkaSnapshotLoad implements AutoCloseable {

    /** Of one journey, before others take their turns. */
    private static final int SNAPSHOTS = 4;

    private final KafkaProducer<byte[], byte[]> producer;
    private final ContractSerdes serdes;
    private final List<Pauses> readers;
    private final int perSecond;
    private final Map<String, JourneyLog.Expected> expected = new ConcurrentHashMap<>();
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong changes = new AtomicLong();
    private final Thread sender = Thread.ofPlatform().name("snapshots").unstarted(this::send);
    private volatile boolean stopped;
    private volatile @Nullable Exception failure;
    private long seed;

    KafkaSnapshotLoad(String brokers, ContractSerdes serdes, List<Pauses> readers, int perSecond, long seed) {
        this.serdes = serdes;
        this.readers = List.copyOf(readers);
        this.perSecond = perSecond;
        this.seed = seed;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void start() {
        sender.start();
    }

    /** Appends what was begun, so that what is expected is whole, and returns once all of it is in the log. */
    void stop() throws InterruptedException {
        stopped = true;
        sender.join();
        producer.flush();
        if (failure != null) {
            throw new DrillFailed("a snapshot could not be appended: " + failure);
        }
    }

    /** Records so far. */
    long appended() {
        return appended.get();
    }

    /** Changes that must come of them, once stopped. */
    long changes() {
        return changes.get();
    }

    /** All journeys, and how each must stand once stopped. */
    Map<String, JourneyLog.Expected> expected() {
        return expected;
    }

    private void send() {
        long begun = System.nanoTime();
        long sent = 0;
        while (!stopped) {
            var log = new JourneyLog(serdes.serializer(), perSecond, SNAPSHOTS, seed++);
            expected.putAll(log.expected());
            changes.addAndGet(log.changes());
            for (var record : log.records()) {
                LockSupport.parkNanos(begun + sent++ * 1_000_000_000L / perSecond - System.nanoTime());
                send(record);
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        var id = new String(record.headers().lastHeader(EventHeaders.ID).value(), UTF_8);
        long now = System.nanoTime();
        readers.forEach(reader -> reader.appended(id, now));
        var _ = producer.send(record, (_, refused) -> {
            if (refused == null) {
                appended.incrementAndGet();
            } else {
                failure = refused;
            }
        });
    }

    @Override
    public void close() {
        stopped = true;
        producer.close();
    }
}
