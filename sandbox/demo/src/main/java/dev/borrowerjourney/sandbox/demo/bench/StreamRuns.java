package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.load.stream.ChangeLedger;
import dev.borrowerjourney.sandbox.load.stream.Devices;
import dev.borrowerjourney.sandbox.load.stream.OpenStreams;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The devices, and the changes that they are shown. */
final class StreamRuns {

    private static final Duration OPENING = Duration.ofMinutes(3);
    private static final Duration ARRIVAL = Duration.ofSeconds(20);
    private static final long LOOK = Duration.ofMillis(20).toNanos();
    private static final long QUIET = Duration.ofSeconds(1).toNanos();

    private final StreamPlan plan;
    private final StreamBorrowers borrowers;
    private final KafkaChangeLoad load;
    private final long[] versions;
    private final List<String> complaints = new ArrayList<>();
    private volatile @Nullable ChangeLedger ledger;
    private long seed = 20_261_123;

    StreamRuns(StreamPlan plan, StreamBorrowers borrowers, KafkaChangeLoad load) {
        this.plan = plan;
        this.borrowers = borrowers;
        this.load = load;
        this.versions = new long[borrowers.all().size()];
        Arrays.fill(versions, 1);
    }

    /**
     * What is measured.
     *
     * @param told of every change that the broker has acknowledged
     */
    record Target(String name, Supplier<ProcessUsage> usage, Consumer<KafkaChangeLoad.Acknowledged> told) {}

    /** Streams of all borrowers, and how long they took to open. */
    record Opened(OpenStreams streams, double seconds) {}

    List<String> complaints() {
        return complaints;
    }

    Opened open(InetSocketAddress address, List<byte[]> requests) throws IOException {
        long begun = System.nanoTime();
        Devices current = (device, event, id, data, nanos) -> {
            var devices = ledger;
            if (devices != null) {
                devices.shown(device, event, id, data, nanos);
            }
        };
        var streams = OpenStreams.open(address, requests, current);
        awaitAll(streams);
        double seconds = (System.nanoTime() - begun) / 1e9;
        say("%d streams open after %.1f s".formatted(streams.ready(), seconds));
        return new Opened(streams, seconds);
    }

    static void awaitAll(OpenStreams streams) {
        if (!streams.awaitReady(OPENING)) {
            int ready = streams.ready();
            streams.close();
            throw new BenchFailed("only %d devices have their present state after %d s, %d lost, %d refused"
                    .formatted(ready, OPENING.toSeconds(), streams.lost(), streams.refused()));
        }
    }

    static void awaitLost(OpenStreams streams) {
        if (!streams.awaitLost(OPENING)) {
            throw new BenchFailed(
                    "%d streams are still open although their server was killed".formatted(streams.ready()));
        }
    }

    /** The usual load, of which nothing is kept. */
    void warmUp(Target target, Duration time) {
        send(target, time);
    }

    StreamReport.Run measure(Target target, OpenStreams streams) {
        warmUp(target, plan.settling());
        long lostBefore = streams.lost();
        // What earlier runs have left would be collected amid this one, and make the generator late.
        System.gc();
        var run = send(target, plan.measured());
        complaints.addAll(StreamReport.complaintsOf(run, target.name()));
        if (streams.lost() > lostBefore) {
            complaints.add("%s: %d streams ended amid a run (expected: 0)"
                    .formatted(target.name(), streams.lost() - lostBefore));
        }
        say(String.format(
                Locale.ROOT, "%s: p50 %.2f p99 %.2f p99.9 %.2f ms", target.name(), run.p50(), run.p99(), run.p999()));
        return run;
    }

    private StreamReport.Run send(Target target, Duration time) {
        var changes = new ChangeLedger(borrowers.journeyIds(), versions, plan.changes(time), plan.perSecond(), seed++);
        ledger = changes;
        var before = target.usage().get();
        var sent = load.send(changes, target.told());
        var after = target.usage().get();
        awaitShown(changes);
        ledger = null;
        return run(changes, sent, after.coresSince(before));
    }

    /** Until all are shown, and for what should not come a moment longer. */
    private static void awaitShown(ChangeLedger changes) {
        long until = System.nanoTime() + ARRIVAL.toNanos();
        while (changes.shown() < changes.count() && System.nanoTime() < until) {
            LockSupport.parkNanos(LOOK);
        }
        long quiet = System.nanoTime() + QUIET;
        while (System.nanoTime() < quiet) {
            LockSupport.parkNanos(LOOK);
        }
    }

    private StreamReport.Run run(ChangeLedger changes, KafkaChangeLoad.Sent sent, double cores) {
        var verification = changes.verification();
        var shown = changes.fromAcknowledgement();
        var due = changes.fromDue();
        return new StreamReport.Run(
                plan.perSecond(),
                sent.perSecond(),
                changes.count(),
                millis(shown, 50),
                millis(shown, 99),
                millis(shown, 99.9),
                new StreamReport.Due(millis(due, 50), millis(due, 99), millis(due, 99.9)),
                millis(sent.lateMicros(), 99),
                verification.lost().size() + changes.count() - verification.acknowledged(),
                changes.foreign()
                        + changes.backwards()
                        + verification.repeated().size(),
                cores);
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}
