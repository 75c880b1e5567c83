package dev.borrowerjourney.sandbox.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the bench of the projector found.
 *
 * @param limit rows a second, each run
 * @param verified journeys whose row was compared with what must have come of its snapshots
 */
record ProjectorReport(
        List<Run> ours,
        List<Double> limit,
        Latency latency,
        RebuildRun.Result rebuild,
        int snapshotBytes,
        long verified,
        Map<String, List<String>> jvmOptions,
        List<String> complaints)
        implements BenchReport {

    /** @param perSecond snapshots applied, and the changes of theirs published and acknowledged */
    record Run(double perSecond, double changesPerSecond, Cpu cpu, long serviceMegabytes) {}

    /** CPU seconds of each process that a record passes, with the processes that it began. */
    record Cpu(double service, double database, double broker) {

        Cpu since(Cpu earlier) {
            return new Cpu(service - earlier.service, database - earlier.database, broker - earlier.broker);
        }

        Cpu each(int records) {
            return new Cpu(service / records, database / records, broker / records);
        }

        @Override
        public String toString() {
            return "service %.0f us, database %.0f us, broker %.0f us"
                    .formatted(service * 1e6, database * 1e6, broker * 1e6);
        }
    }

    /** From the time that a snapshot was due to be appended until its change was committed, in milliseconds. */
    record Latency(long arrived, long expected, double p50, double p99, double p999, double mostLate) {}

    private static final double MOST_LATE_MILLIS = 100;

    static List<String> complaintsOf(List<Double> limit, Latency latency, RebuildRun.Result rebuild) {
        var complaints = new ArrayList<>(Median.of(limit, Double::doubleValue).complaints());
        if (latency.arrived() != latency.expected()) {
            complaints.add(
                    "open loop: %d changes arrived (expected: %d)".formatted(latency.arrived(), latency.expected()));
        }
        if (latency.mostLate() > MOST_LATE_MILLIS) {
            complaints.add("open loop: the generator was %.0f ms behind (expected: at most %.0f)"
                    .formatted(latency.mostLate(), MOST_LATE_MILLIS));
        }
        if (rebuild.different() > 0) {
            complaints.add("rebuild: %d journeys are served otherwise than it made them (expected: none)"
                    .formatted(rebuild.different()));
        }
        return complaints;
    }

    @Override
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("snapshots %d bytes on average, 7 of 10 change what is visible, 3 say it again"
                .formatted(snapshotBytes));
        jvmOptions.forEach((name, options) -> lines.add("java of " + name + ": " + String.join(" ", options)));
        lines.add("limit: one connection, 500 rows a statement and transaction, bodies of the same size: "
                + UpsertLimit.STATEMENT);
        limit.forEach(rows -> lines.add(String.format(Locale.ROOT, "limit  %8.0f rows/s", rows)));
        ours.forEach(run -> lines.add(String.format(
                Locale.ROOT,
                "ours   %8.0f records/s   %.0f changes/s published   CPU a record: %s; service %d MB",
                run.perSecond(),
                run.changesPerSecond(),
                run.cpu(),
                run.serviceMegabytes())));
        lines.add(String.format(
                Locale.ROOT,
                "open loop, from append to committed change: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, %d of %d changes, generator late by %.1f ms at most",
                latency.p50(),
                latency.p99(),
                latency.p999(),
                latency.arrived(),
                latency.expected(),
                latency.mostLate()));
        double own = Median.of(ours, Run::perSecond).value();
        lines.add(String.format(
                Locale.ROOT,
                "rebuild of all %d snapshots, from the command to its end: %.0f records/s, %.2f of ours; %d journeys differ",
                rebuild.records(),
                rebuild.perSecond(),
                rebuild.perSecond() / own,
                rebuild.different()));
        lines.add("%d journeys stand as they must".formatted(verified));
        return String.join("\n", lines);
    }

    @Override
    public String lastLine() {
        double a = Median.of(ours, Run::perSecond).value();
        double b = Median.of(limit, Double::doubleValue).value();
        return String.format(Locale.ROOT, "projector ratio %.2f (ours %.0f records/s, limit %.0f rows/s)", a / b, a, b);
    }
}
