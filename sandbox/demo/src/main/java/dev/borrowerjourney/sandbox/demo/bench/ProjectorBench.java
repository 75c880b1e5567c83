package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures journey-projector beside what one connection can write. */
final class ProjectorBench {

    static final String SERVICE = "journey-projector";
    static final String DATABASE = "postgresql";

    /** As the manifest gives it: half of 2 GB, small headers. */
    private static final List<String> SERVICE_JVM =
            List.of("-Xmx1g", "-Xms1g", "-XX:+UseParallelGC", "-XX:+UseCompactObjectHeaders");

    private static final int WARM_UPS = 2;

    private final Layout layout;
    private final List<String> java;
    private final Jvms jvms;
    private final Demo demo;
    private final ProjectorPlan plan;

    /** Java's options are the usual ones if none are given. */
    ProjectorBench(Layout layout, Ports ports, ProjectorPlan plan, List<String> java) {
        this.layout = layout;
        this.java = java.isEmpty() ? SERVICE_JVM : java;
        this.jvms = new Jvms(Map.of(SERVICE, this.java, IngestBench.BROKER, IngestBench.BROKER_JVM));
        this.demo = new Demo(layout, ports, jvms);
        this.plan = plan;
    }

    ProjectorReport run() throws Exception {
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

    private ProjectorReport measure() throws Exception {
        try (var ours = new ProjectorRuns(demo);
                var database = connect(demo.file().postgres())) {
            requireDurable(database);
            for (int i = 0; i < WARM_UPS; i++) {
                ours.run(plan.journeys(), plan.snapshots() / 2);
            }
            var runs = new ArrayList<ProjectorReport.Run>();
            var limits = new ArrayList<Double>();
            var limit = new UpsertLimit(database);
            for (int round = 1; round <= plan.rounds(); round++) {
                runs.add(ours.run(plan.journeys(), plan.snapshots()));
                UnwrittenPages.write();
                limits.add(limit.run(plan.journeys(), plan.snapshots(), ours.bytesEach(), round));
                say("limit: %.0f rows/s".formatted(limits.getLast()));
            }
            var latency = ours.open(plan.perSecond(), plan.open());
            while (ours.sent() < plan.rebuilt()) {
                ours.run(plan.journeys(), plan.snapshots());
            }
            var rebuild = new RebuildRun(demo, layout, java).run();
            var complaints = new ArrayList<>(ProjectorReport.complaintsOf(limits, latency, rebuild));
            complaints.addAll(JourneyRows.wrong(database, ours.expected()));
            return new ProjectorReport(
                    runs,
                    limits,
                    latency,
                    rebuild,
                    ours.bytesEach(),
                    ours.expected().size(),
                    jvms.options(),
                    complaints);
        }
    }

    private static Connection connect(DemoFile.PostgresAddress address) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(address.host(), address.port(), address.database()),
                address.operator().user(),
                address.operator().password());
    }

    private static void requireDurable(Connection database) throws SQLException {
        for (var setting : List.of("fsync", "synchronous_commit")) {
            try (var question = database.createStatement();
                    var answer = question.executeQuery("SHOW " + setting)) {
                answer.next();
                if (!answer.getString(1).equals("on")) {
                    throw new BenchFailed(setting + ": " + answer.getString(1) + " (expected: on)");
                }
            }
        }
    }
}
