package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;

/** Measures notifier-service with many open streams, beside a bare server of events. */
final class StreamBench {

    private static final String SERVICE = "notifier-service";

    /** Owns and grants the read model. */
    private static final String PROJECTOR = "journey-projector";

    /** Signs tokens, which takes ten times as long without the optimising compiler. */
    private static final String IDENTITY = "platform";

    private static final List<String> IDENTITY_JVM = List.of("-Xmx256m", "-XX:+UseSerialGC");

    /** As image and manifest have it. */
    private static final List<String> SERVICE_JVM = List.of("-Xmx512m", "-XX:+UseZGC", "-XX:+UseCompactObjectHeaders");

    private final Layout layout;
    private final Jvms jvms;
    private final Demo demo;
    private final StreamPlan plan;

    /** Java's options are the usual ones if none are given. */
    StreamBench(Layout layout, Ports ports, StreamPlan plan, List<String> java) {
        this.layout = layout;
        this.jvms = new Jvms(Map.of(
                SERVICE,
                java.isEmpty() ? SERVICE_JVM : java,
                IngestBench.BROKER,
                IngestBench.BROKER_JVM,
                IDENTITY,
                IDENTITY_JVM));
        this.demo = new Demo(layout, ports, jvms);
        this.plan = plan;
    }

    StreamReport run() throws Exception {
        demo.takeOver().forEach(name -> say("ended a leftover: " + name));
        demo.beginAnew();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(demo::close));
        try {
            demo.start(List.of(SERVICE, PROJECTOR), (name, millis) -> say("%s (%.1f s)".formatted(name, millis / 1e3)));
            return measure();
        } finally {
            demo.close();
            demo.beginAnew();
        }
    }

    private StreamReport measure() throws Exception {
        var borrowers = new StreamBorrowers(demo.file(), layout, plan.borrowers());
        borrowers.keep();
        try (var load = new KafkaChangeLoad(demo.file(), borrowers.all())) {
            var runs = new StreamRuns(plan, borrowers, load);
            var ours = new ArrayList<StreamReport.Run>();
            var limits = new ArrayList<StreamReport.Run>();
            var oursMemory = new ArrayList<StreamReport.Memory>();
            var limitMemory = new ArrayList<StreamReport.Memory>();
            warmUp(
                    new StreamRuns(plan, borrowers.first(plan.fewBorrowers()), load),
                    borrowers.first(plan.fewBorrowers()));
            for (int round = 1; round <= plan.rounds(); round++) {
                ours(runs, borrowers, ours, oursMemory);
                limit(runs, borrowers, limits, limitMemory);
            }
            var complaints =
                    new ArrayList<>(Median.of(limits, StreamReport.Run::p99).complaints());
            complaints.addAll(runs.complaints());
            return new StreamReport(
                    ours,
                    limits,
                    oursMemory.getFirst(),
                    limitMemory.getFirst(),
                    oursReturn(runs, borrowers),
                    limitReturn(runs, borrowers),
                    plan.borrowers(),
                    commands(),
                    jvms.options(),
                    complaints);
        }
    }

    private void warmUp(StreamRuns runs, StreamBorrowers borrowers) throws Exception {
        try (var streams = runs.open(address(), requests(borrowers)).streams()) {
            runs.warmUp(target(), plan.warmUp());
            say("%d warm".formatted(streams.ready()));
        }
    }

    private void ours(
            StreamRuns runs,
            StreamBorrowers borrowers,
            List<StreamReport.Run> measured,
            List<StreamReport.Memory> memory)
            throws Exception {
        var requests = requests(borrowers);
        var without = usedByService();
        var opened = runs.open(address(), requests);
        try (var streams = opened.streams()) {
            measured.add(runs.measure(target(), streams));
            memory.add(new StreamReport.Memory(plan.borrowers(), without, usedByService(), opened.seconds()));
        }
    }

    private void limit(
            StreamRuns runs,
            StreamBorrowers borrowers,
            List<StreamReport.Run> measured,
            List<StreamReport.Memory> memory)
            throws Exception {
        try (var server = BareStreams.start(layout, BareStreams.freeAddress())) {
            var without = StreamReport.Used.resident(server.pid());
            var opened = runs.open(server.address(), borrowers.bareRequests(authority(server.address())));
            try (var streams = opened.streams()) {
                measured.add(runs.measure(target(server), streams));
                memory.add(new StreamReport.Memory(
                        plan.borrowers(), without, StreamReport.Used.resident(server.pid()), opened.seconds()));
            }
        }
    }

    private StreamReport.Return oursReturn(StreamRuns runs, StreamBorrowers borrowers) throws Exception {
        try (var streams = runs.open(address(), requests(borrowers)).streams()) {
            long killed = System.nanoTime();
            demo.kill(SERVICE);
            StreamRuns.awaitLost(streams);
            demo.startAgain(SERVICE);
            double ready = secondsSince(killed);
            StreamRuns.awaitAll(streams);
            return back(ready, secondsSince(killed));
        }
    }

    private StreamReport.Return limitReturn(StreamRuns runs, StreamBorrowers borrowers) throws Exception {
        var address = BareStreams.freeAddress();
        try (var server = BareStreams.start(layout, address);
                var streams = runs.open(address, borrowers.bareRequests(authority(address)))
                        .streams()) {
            long killed = System.nanoTime();
            server.kill();
            StreamRuns.awaitLost(streams);
            try (var again = BareStreams.start(layout, address)) {
                double ready = secondsSince(killed);
                StreamRuns.awaitAll(streams);
                say("%s is back".formatted(again.address()));
                return back(ready, secondsSince(killed));
            }
        }
    }

    private StreamReport.Return back(double ready, double all) {
        say("killed: ready again after %.1f s, all devices after %.1f s".formatted(ready, all));
        return new StreamReport.Return(plan.borrowers(), ready, all);
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private StreamRuns.Target target() {
        return new StreamRuns.Target(
                "ours", () -> ProcessUsage.of(demo.running(SERVICE).pid()), _ -> {});
    }

    /** The same changes by the same way, told to the server at the moment when the broker has them. */
    private static StreamRuns.Target target(BareStreams server) {
        return new StreamRuns.Target("limit", () -> ProcessUsage.of(server.pid()), told -> {
            var journeyId = told.borrower().journeyId();
            long version = told.change().version();
            server.show(journeyId, journeyId + ":" + version, StreamChanges.text(told.borrower(), version, told.due()));
        });
    }

    /** The heap first, because looking at it collects what nobody needs. */
    private StreamReport.Used usedByService() throws IOException, InterruptedException {
        long pid = demo.running(SERVICE).pid();
        double live = JavaHeap.liveMegabytes(pid);
        return new StreamReport.Used(ProcessUsage.of(pid).residentMegabytes(), OptionalDouble.of(live));
    }

    private List<byte[]> requests(StreamBorrowers borrowers) throws InterruptedException, ExecutionException {
        return borrowers.requests(authority(address()));
    }

    private InetSocketAddress address() {
        var url = URI.create(demo.file().urls().notifier());
        return new InetSocketAddress(url.getHost(), url.getPort());
    }

    private static String authority(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private Map<String, List<String>> commands() throws IOException, InterruptedException {
        var commands = new LinkedHashMap<String, List<String>>();
        commands.put(
                "limit",
                List.of(
                        String.join(" ", BareStreams.command(layout)),
                        "PORT (node " + BareStreams.version() + "), told of each change when the broker has it"));
        commands.put("generator", List.of(KafkaChangeLoad.settings()));
        return commands;
    }
}
