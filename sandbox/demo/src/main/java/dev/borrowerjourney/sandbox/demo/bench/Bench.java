package dev.borrowerjourney.sandbox.demo.bench;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.start.StartFailed;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** The command behind {@code sandbox/bench}. Exit codes: 0 ok, 1 failed or invalid, 2 usage. */
public final class Bench {

    private static final String HELP = """
            sandbox/bench ingest [--quick] [--java OPTIONS] [--skip-build] [--json FILE]
                measures webhook-ingest-service beside the limit, Kafka's own kafka-producer-perf-test with the same bodies
                on the same broker: three runs each in turn, closed loop at 64 connections; then open loop at half of our
                own maximum, latency from the due time. After each run the verifier looks for every acknowledged id.
            sandbox/bench delivery [--quick] [--skip-build] [--json FILE]
                measures by JMH what one delivery costs one core without network and log: verify, read, seal, encode;
                the limit is its cryptography alone

            sandbox/bench projector [--quick] [--java OPTIONS] [--skip-build] [--json FILE]
                measures journey-projector, its publication included, beside as many versioned upserts of one connection,
                three runs each in turn; then from append to committed change at 2,000 snapshots a second; then the journeys
                are made from the log once more, 1,000,000 snapshots. Every journey's row and history is compared with what
                must have come of its snapshots, and with what the rebuild made of them.

            sandbox/bench relay [--quick] [--java OPTIONS] [--skip-build] [--json FILE]
                measures session-service's relay beside nginx as a plain proxy to the same upstream, by wrk with 64
                connections over 10,000 vaulted sessions: GETs of 2 KB from which internals of the network are removed,
                three runs each in turn; then open loop at half of our own maximum, latency from the due time, beside nginx
                and the upstream itself; then what making a session adds to the platform's own time. wrk and nginx are
                installed if they are missing.

            sandbox/bench stream [--quick] [--java OPTIONS] [--skip-build] [--json FILE]
                measures notifier-service with 10,000 open streams of as many borrowers and 4,000 changes/s by schedule, from
                the broker's acknowledgement to the device, beside a bare server of events in Node that is told of the same
                changes, three runs each in turn; then memory, and how long all devices take to come back after SIGKILL. Every
                change is looked for at its own borrower's device, id by id. Needs node and 12,000 open files a process.

              --quick        one short run of each
              --java OPTIONS gives the service these options of the virtual machine instead of the usual ones, parted by
                             blanks: another collector, a profiler
              --skip-build   measures what was built last
              --json FILE    writes every figure as JSON, too
              --help         this text

            Progress is on standard error. The last line of standard output is
                ingest ratio R (ours A records/s, limit B records/s)
                delivery ratio R (ours A ns, limit B ns)
                projector ratio R (ours A records/s, limit B rows/s)
                relay ratio R (ours A requests/s, limit B requests/s)
                stream ratio R (ours p99 A ms, limit p99 B ms)
            Data and logs are in sandbox/target/bench; ports are moved as for sandbox/run.

            Exit code: 0 measured, whatever the ratio; 1 an id is missing, a row or an answer is wrong, or the run proves nothing
            (generator behind its schedule, limit varying over 30 %); 2 wrong usage.""";

    private Bench() {}

    /**
     * Runs the bench.
     *
     * @param arguments as the person typed them, without those that the script itself takes
     */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    private static int run(String... arguments) throws Exception {
        try {
            var invocation = BenchInvocation.of(arguments);
            var name = invocation.bench();
            if (name == null) {
                System.out.println(HELP);
                return 0;
            }
            return measure(name, invocation);
        } catch (BenchInvocation.Misunderstood | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (StartFailed | BenchFailed e) {
            System.err.println("FAILED: " + e.getMessage());
            return 1;
        }
    }

    private static int measure(BenchInvocation.Name name, BenchInvocation invocation) throws Exception {
        var layout = new Layout(
                Path.of(System.getProperty("sandbox.repository", ".")),
                Path.of(System.getProperty("sandbox.target", "sandbox/target")).resolve("bench"));
        var ports = Ports.of(System.getenv());
        BenchReport report =
                switch (name) {
                    case INGEST ->
                        new IngestBench(layout, ports, IngestPlan.of(invocation.quick()), invocation.java()).run();
                    case PROJECTOR ->
                        new ProjectorBench(layout, ports, ProjectorPlan.of(invocation.quick()), invocation.java())
                                .run();
                    case RELAY ->
                        new RelayBench(layout, ports, RelayPlan.of(invocation.quick()), invocation.java()).run();
                    case STREAM ->
                        new StreamBench(layout, ports, StreamPlan.of(invocation.quick()), invocation.java()).run();
                };
        System.out.println(report.text());
        if (invocation.json() != null) {
            OwnFiles.write(
                    invocation.json(),
                    JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(report));
        }
        report.complaints().forEach(complaint -> System.err.println("FAILED: " + complaint));
        System.out.println(report.lastLine());
        return report.complaints().isEmpty() ? 0 : 1;
    }
}
