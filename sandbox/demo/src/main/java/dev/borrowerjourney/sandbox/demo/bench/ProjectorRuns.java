package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** The runs of ours: a log is written, and the run is over when the group's offsets say that its last change is published. */
final class ProjectorRuns implements AutoCloseable {

    static final String GROUP = "journey-projector";

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration DRAIN = Duration.ofMinutes(1);

    private final Demo demo;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<Object> serializer;
    private final Map<String, JourneyLog.Expected> expected = new HashMap<>();
    private long nextSeed = 1;
    private int bytesEach;
    private long sent;

    ProjectorRuns(Demo demo) {
        this.demo = demo;
        var brokers = demo.file().kafka().bootstrapServers();
        this.admin = Admin.create(Map.of("bootstrap.servers", brokers));
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all", "batch.size", 262_144, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.serializer = ContractSerdes.of(
                        Map.of("schema.registry.url", demo.file().urls().schemaRegistry()))
                .serializer();
    }

    /** All journeys so far, and how each must stand now. */
    Map<String, JourneyLog.Expected> expected() {
        return expected;
    }

    /** Snapshots that the log holds. */
    long sent() {
        return sent;
    }

    int bytesEach() {
        return bytesEach;
    }

    ProjectorReport.Run run(int journeys, int snapshots) throws InterruptedException, ExecutionException, IOException {
        var log = log(journeys, snapshots);
        UnwrittenPages.write();
        var before = cpuSeconds();
        long begun = System.nanoTime();
        for (var record : log.records()) {
            send(record);
        }
        producer.flush();
        awaitPublished();
        double seconds = (System.nanoTime() - begun) / 1e9;
        var service = ProcessUsage.of(demo.running(ProjectorBench.SERVICE).pid());
        var run = new ProjectorReport.Run(
                log.records().size() / seconds,
                log.changes() / seconds,
                cpuSeconds().since(before).each(log.records().size()),
                service.residentMegabytes());
        say("ours: %.0f records/s, %.0f changes/s, CPU a record: %s"
                .formatted(run.perSecond(), run.changesPerSecond(), run.cpu()));
        return run;
    }

    private ProjectorReport.Cpu cpuSeconds() {
        return new ProjectorReport.Cpu(
                cpuSeconds(ProjectorBench.SERVICE),
                cpuSeconds(ProjectorBench.DATABASE),
                cpuSeconds(IngestBench.BROKER));
    }

    private double cpuSeconds(String part) {
        return ProcessUsage.ofTree(demo.running(part).process().toHandle()).cpuSeconds();
    }

    /** Sends by the clock, whatever the projector does, and waits for each change to be committed on the topic. */
    ProjectorReport.Latency open(int perSecond, Duration time) throws Exception {
        int count = Math.toIntExact(perSecond * time.toSeconds());
        int snapshots = 4;
        var log = log(count / snapshots, snapshots);
        try (var changes = new KafkaChangeTimes(
                demo.file().kafka().bootstrapServers(), demo.file().urls().schemaRegistry())) {
            changes.start();
            // What earlier runs have left would be collected amid this one, and make the generator late.
            System.gc();
            UnwrittenPages.write();
            long begun = System.nanoTime() + Duration.ofMillis(200).toNanos();
            long latest = 0;
            var due = new HashMap<String, Long>();
            for (int i = 0; i < log.records().size(); i++) {
                long at = begun + i * 1_000_000_000L / perSecond;
                var record = log.records().get(i);
                due.put(KafkaChangeTimes.idOf(record.headers()), at);
                LockSupport.parkNanos(at - System.nanoTime());
                latest = Math.max(latest, System.nanoTime() - at);
                send(record);
            }
            producer.flush();
            var arrived = changes.await(log.changes(), DRAIN);
            return latency(due, arrived, log, latest / 1e6);
        }
    }

    private static ProjectorReport.Latency latency(
            Map<String, Long> due, Map<String, Long> arrived, JourneyLog log, double mostLateMillis) {
        var histogram = new Histogram(3);
        arrived.forEach((id, at) -> {
            var begun = due.get(id);
            if (begun != null) {
                histogram.recordValue(Math.max(0, at - begun) / 1_000);
            }
        });
        return new ProjectorReport.Latency(
                histogram.getTotalCount(),
                log.changes(),
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getValueAtPercentile(99.9) / 1e3,
                mostLateMillis);
    }

    private JourneyLog log(int journeys, int snapshots) {
        var log = new JourneyLog(serializer, journeys, snapshots, nextSeed++);
        expected.putAll(log.expected());
        bytesEach = log.bytesEach();
        say("made %d snapshots of %d bytes, %d of them change something"
                .formatted(log.records().size(), log.bytesEach(), log.changes()));
        return log;
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        sent++;
        // What could not be sent is never applied, and the run finds no end.
        var _ = producer.send(record);
    }

    private void awaitPublished() throws InterruptedException, ExecutionException {
        long until = System.nanoTime() + LONGEST.toNanos();
        var ends = ends();
        while (!published(ends)) {
            if (System.nanoTime() > until) {
                throw new BenchFailed("journey-projector: not through after " + LONGEST.toMinutes() + " min");
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private boolean published(Map<TopicPartition, Long> ends) throws InterruptedException, ExecutionException {
        var committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        return ends.entrySet().stream().allMatch(end -> {
            var offset = committed.get(end.getKey());
            return end.getValue() == 0 || (offset != null && offset.offset() >= end.getValue());
        });
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        var topic = TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS);
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        for (int partition = 0; partition < topic.partitions(); partition++) {
            asked.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
        }
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(asked).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        serializer.close();
    }
}
