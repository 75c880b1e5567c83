package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import dev.borrowerjourney.schemas.topic.Topic;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Measures webhook-ingest-service beside what the broker takes at most. */
final class IngestBench {

    static final String SERVICE = "webhook-ingest-service";
    static final String BROKER = "broker";

    static final List<String> SERVICE_JVM = List.of("-Xmx512m", "-Xms512m", "-XX:+UseParallelGC");
    static final List<String> BROKER_JVM = List.of("-Xmx1g", "-Xms1g", "-XX:+UseParallelGC");

    private static final Topic TOPIC = TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS);
    private static final long SPACE_NEEDED = 15L << 30;
    private static final int PAYLOADS = 20_000;
    private static final long CALIBRATION_RECORDS = 200_000;

    private final Layout layout;
    private final Jvms jvms;
    private final Demo demo;
    private final IngestPlan plan;
    private double limitPerSecond;

    /** Java's options are the usual ones if none are given. */
    IngestBench(Layout layout, Ports ports, IngestPlan plan, List<String> java) {
        this.layout = layout;
        this.jvms = new Jvms(Map.of(SERVICE, java.isEmpty() ? SERVICE_JVM : java, BROKER, BROKER_JVM));
        this.demo = new Demo(layout, ports, jvms);
        this.plan = plan;
    }

    IngestReport run() throws Exception {
        checkSpace();
        demo.takeOver().forEach(name -> say("ended a leftover: " + name));
        demo.beginAnew();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
        try {
            demo.start(List.of(SERVICE), (name, millis) -> say("%s (%.1f s)".formatted(name, millis / 1e3)));
            return measure();
        } finally {
            demo.close();
            demo.beginAnew();
        }
    }

    private IngestReport measure() throws Exception {
        try (var topics = new KafkaBenchTopics(demo.file().kafka().bootstrapServers())) {
            var ours = new IngestRuns(demo, plan, topics);
            var payloads = writePayloads(ours);
            var limit = new KafkaLimit(
                    layout.built("sandbox/load/kafka-tools/target/lib"),
                    payloads,
                    layout.logs().resolve("kafka-producer-perf-test.log"),
                    demo.file().kafka().bootstrapServers());
            limitPerSecond = limit(limit, topics, CALIBRATION_RECORDS, CALIBRATION_RECORDS / 2)
                    .perSecond();
            var closed = new ArrayList<IngestReport.ClosedRun>();
            var limits = new ArrayList<KafkaLimit.Run>();
            for (int round = 1; round <= plan.rounds(); round++) {
                closed.add(ours.closed());
                limits.add(limit(limit, topics));
            }
            var half = Median.of(closed, IngestReport.ClosedRun::perSecond).value() / 2;
            var open = new ArrayList<IngestReport.OpenRun>();
            for (int round = 1; round <= plan.rounds(); round++) {
                open.add(ours.open(half));
            }
            var bare = bare(ours);
            var complaints =
                    new ArrayList<>(Median.of(limits, KafkaLimit.Run::perSecond).complaints());
            complaints.addAll(ours.complaints());
            return new IngestReport(
                    closed,
                    limits,
                    open,
                    bare,
                    (int) (Files.size(payloads) / PAYLOADS) - 1,
                    ours.signedPerSecond(),
                    limit.command(
                            "limit", records(plan.limitWarmUp().plus(plan.measured())), records(plan.limitWarmUp())),
                    jvms.options(),
                    complaints);
        }
    }

    private IngestReport.BareRun bare(IngestRuns ours) throws IOException, InterruptedException {
        try (var bare = BareHttp.start(layout, SERVICE_JVM, BareReceiver.class)) {
            return ours.bare(bare);
        }
    }

    private KafkaLimit.Run limit(KafkaLimit limit, KafkaBenchTopics topics)
            throws IOException, InterruptedException, ExecutionException {
        return limit(limit, topics, records(plan.limitWarmUp().plus(plan.measured())), records(plan.limitWarmUp()));
    }

    private KafkaLimit.Run limit(KafkaLimit limit, KafkaBenchTopics topics, long records, long warmUp)
            throws IOException, InterruptedException, ExecutionException {
        topics.createLike(TOPIC, "limit");
        UnwrittenPages.write();
        try {
            var run = limit.run("limit", records, warmUp, IngestRuns.pid(demo, BROKER));
            say("limit: %.0f records/s".formatted(run.perSecond()));
            return run;
        } finally {
            topics.delete("limit");
        }
    }

    private long records(Duration time) {
        return (long) (limitPerSecond * time.toMillis() / 1_000);
    }

    private Path writePayloads(IngestRuns ours) throws IOException {
        var file = layout.data().resolve("payloads.jsonl");
        try (var lines = Files.newBufferedWriter(file, UTF_8)) {
            var now = Instant.now();
            for (long number = 0; number < PAYLOADS; number++) {
                lines.append(new String(ours.requests().body(number, now), UTF_8))
                        .append('\n');
            }
        }
        return file;
    }

    private void checkSpace() throws IOException {
        OwnFiles.directory(layout.target());
        long free = Files.getFileStore(layout.target()).getUsableSpace();
        if (free < SPACE_NEEDED) {
            throw new BenchFailed("free space in %s: %d GB (expected: at least %d)"
                    .formatted(layout.target(), free >> 30, SPACE_NEEDED >> 30));
        }
    }

    static void say(String progress) {
        System.err.println(progress);
    }
}
