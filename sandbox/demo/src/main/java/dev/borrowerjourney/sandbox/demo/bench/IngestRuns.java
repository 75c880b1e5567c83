package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.load.delivery.PreparedDeliveries;
import dev.borrowerjourney.sandbox.load.delivery.Sender;
import dev.borrowerjourney.sandbox.load.delivery.SnapshotRequests;
import dev.borrowerjourney.sandbox.load.run.LoadSettings;
import dev.borrowerjourney.sandbox.load.run.Pace;
import dev.borrowerjourney.sandbox.load.run.WebhookLoad;
import dev.borrowerjourney.sandbox.load.run.Window;
import dev.borrowerjourney.sandbox.load.verification.KafkaRecordIds;
import dev.borrowerjourney.sandbox.load.verification.Verification;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/** The runs of ours: each signs ahead, warms up, measures a window, and has every acknowledged id looked for. */
final class IngestRuns {

    private static final int CLOSED_CONNECTIONS = 64;
    private static final int OPEN_CONNECTIONS = 256;
    private static final int BORROWERS = 20_000;
    private static final long SEED = 20_261_123;
    private static final double FIRST_GUESS_PER_SECOND = 25_000;
    private static final double ROOM = 1.5;
    private static final double BARE_GUESS_PER_SECOND = 40_000;
    private static final Duration BARE_WARM_UP = Duration.ofSeconds(5);
    private static final Duration BARE_MEASURED = Duration.ofSeconds(8);
    private static final double MOST_LATE_MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);
    private static final Duration READING = Duration.ofMinutes(3);

    private final Demo demo;
    private final IngestPlan plan;
    private final KafkaBenchTopics topics;
    private final SnapshotRequests requests;
    private final InetSocketAddress receiver;
    private final List<String> complaints = new ArrayList<>();
    private double guessPerSecond = FIRST_GUESS_PER_SECOND;
    private double signedPerSecond;
    private long nextNumber;
    private boolean warmedUp;

    IngestRuns(Demo demo, IngestPlan plan, KafkaBenchTopics topics) {
        this.demo = demo;
        this.plan = plan;
        this.topics = topics;
        var file = demo.file();
        var url = URI.create(file.urls().ingest());
        this.receiver = new InetSocketAddress(url.getHost(), url.getPort());
        this.requests = new SnapshotRequests(sender(file), url.getAuthority(), SEED, BORROWERS);
    }

    private static Sender sender(DemoFile file) {
        return new Sender(
                UUID.fromString(file.platform().tenantId()),
                UUID.fromString(file.platform().applicationId()));
    }

    /** What was measured and what was looked for. */
    private record Measured(Window window, IngestReport.Load load, long verified) {}

    SnapshotRequests requests() {
        return requests;
    }

    double signedPerSecond() {
        return signedPerSecond;
    }

    List<String> complaints() {
        return complaints;
    }

    static long pid(Demo demo, String process) {
        return demo.running().stream()
                .filter(running -> running.name().equals(process))
                .findFirst()
                .orElseThrow(() -> new BenchFailed(process + ": does not run"))
                .pid();
    }

    IngestReport.ClosedRun closed() throws IOException, InterruptedException, ExecutionException {
        var measured = measure(new Pace.Closed(), CLOSED_CONNECTIONS);
        var window = measured.window();
        guessPerSecond = Math.max(window.perSecond() * ROOM, guessPerSecond / ROOM);
        say("ours: %.0f records/s, p99 %.1f ms, every one of %d ids found"
                .formatted(window.perSecond(), window.latencyMillis(99), measured.verified()));
        return new IngestReport.ClosedRun(
                window.perSecond(),
                window.latencyMillis(50),
                window.latencyMillis(99),
                window.latencyMillis(99.9),
                measured.load(),
                measured.verified());
    }

    /** The same deliveries to a server that does nothing with them: what HTTP alone leaves of the two cores. */
    IngestReport.BareRun bare(BareHttp bare) throws IOException, InterruptedException {
        guessPerSecond = Math.max(guessPerSecond, BARE_GUESS_PER_SECOND);
        var deliveries = sign();
        var settings = LoadSettings.once(CLOSED_CONNECTIONS);
        try (var load = WebhookLoad.start(bare.address(), requests, deliveries, new Pace.Closed(), settings)) {
            await(load, BARE_WARM_UP);
            load.window();
            var before = ProcessUsage.of(bare.pid());
            var generatorBefore = ProcessUsage.of(ProcessHandle.current().pid());
            await(load, BARE_MEASURED);
            var window = load.window();
            var cores = ProcessUsage.of(bare.pid()).coresSince(before);
            var generatorCores = ProcessUsage.of(ProcessHandle.current().pid()).coresSince(generatorBefore);
            load.stop(PATIENCE);
            say("bare HTTP: %.0f answers/s".formatted(window.perSecond()));
            return new IngestReport.BareRun(window.perSecond(), window.latencyMillis(99), generatorCores, cores);
        }
    }

    IngestReport.OpenRun open(double perSecond) throws IOException, InterruptedException, ExecutionException {
        var measured = measure(new Pace.Open(perSecond, SEED + nextNumber), OPEN_CONNECTIONS);
        var window = measured.window();
        double late = window.latenessMillis(99);
        if (late > MOST_LATE_MILLIS || window.perSecond() < perSecond * 0.97) {
            complaints.add(
                    "open loop: behind schedule, %.0f of %.0f records/s, p99 %.1f ms late (expected: at most %.0f)"
                            .formatted(window.perSecond(), perSecond, late, MOST_LATE_MILLIS));
        }
        say("ours, open loop: %.0f records/s, p99 %.1f ms, every one of %d ids found"
                .formatted(window.perSecond(), window.latencyMillis(99), measured.verified()));
        return new IngestReport.OpenRun(
                window.perSecond(),
                window.latencyMillis(50),
                window.latencyMillis(99),
                window.latencyMillis(99.9),
                window.latencyMillis(100),
                late,
                measured.load(),
                measured.verified());
    }

    private Measured measure(Pace pace, int connections) throws IOException, InterruptedException, ExecutionException {
        topics.empty(TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS));
        var deliveries = sign();
        UnwrittenPages.write();
        try (var load = WebhookLoad.start(receiver, requests, deliveries, pace, LoadSettings.once(connections))) {
            warmUp(load);
            var before = look();
            await(load, plan.measured());
            var window = load.window();
            var after = look();
            var counts = load.stop(PATIENCE);
            if (counts.refused() > 0 || counts.unanswered() > 0) {
                complaints.add("answers other than 202: %s, unanswered: %d %s"
                        .formatted(counts.answers(), counts.unanswered(), counts.lastFailure()));
            }
            return new Measured(window, loadBetween(before, after), verify(load));
        }
    }

    /** Lasts until the compilers are through, too, which on a busy machine takes longer than the time that was planned. */
    private void warmUp(WebhookLoad load) throws InterruptedException {
        await(load, plan.warmUp());
        long warm = warmedUp ? 0 : plan.warmDeliveries();
        long until = System.nanoTime() + LONGEST_WARM_UP.toNanos();
        while (load.counts().acknowledged() < warm && System.nanoTime() < until) {
            await(load, LOOK);
        }
        warmedUp = true;
        load.window();
    }

    private PreparedDeliveries sign() throws InterruptedException {
        int count = (int) (guessPerSecond * plan.whole().toSeconds() + plan.warmDeliveries());
        var deliveries = PreparedDeliveries.sign(
                requests, demo.file().platform().webhookSecret(), Instant.now(), nextNumber, count, 1);
        nextNumber += count;
        signedPerSecond = Math.max(signedPerSecond, deliveries.perSecond());
        say("signed %d deliveries, %.0f/s on one core".formatted(count, deliveries.perSecond()));
        return deliveries;
    }

    private static void await(WebhookLoad load, Duration time) throws InterruptedException {
        if (load.awaitEnd(time)) {
            throw new BenchFailed(
                    "generator: out of signed deliveries before the end (expected: enough for the whole run)");
        }
    }

    private long verify(WebhookLoad load) {
        var records = new KafkaRecordIds(demo.file().kafka().bootstrapServers())
                .read(TopicCatalogue.JOURNEY_SNAPSHOTS, READING);
        var verification = Verification.of(load.acknowledged(), records);
        if (!verification.complete()) {
            throw new BenchFailed("acknowledged and not in the topic: %d of %d, for example %s"
                    .formatted(
                            verification.lost().size(),
                            verification.acknowledged(),
                            verification.lost().stream().findFirst().orElse("-")));
        }
        return verification.acknowledged();
    }

    private record Look(ProcessUsage generator, ProcessUsage service, ProcessUsage broker) {}

    private Look look() {
        return new Look(
                ProcessUsage.of(ProcessHandle.current().pid()),
                ProcessUsage.of(pid(demo, IngestBench.SERVICE)),
                ProcessUsage.of(pid(demo, IngestBench.BROKER)));
    }

    private static IngestReport.Load loadBetween(Look before, Look after) {
        return new IngestReport.Load(
                after.generator().coresSince(before.generator()),
                after.service().coresSince(before.service()),
                after.broker().coresSince(before.broker()),
                after.service().residentMegabytes());
    }
}
