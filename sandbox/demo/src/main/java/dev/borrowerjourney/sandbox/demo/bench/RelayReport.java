package dev.borrowerjourney.sandbox.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the bench of the relay found.
 *
 * @param limit nginx as a proxy in front of the same upstream
 * @param bare the codecs of Java's relay with nothing on top
 * @param upstream the upstream asked straight, which shows that it is not what holds ours or the limit back
 * @param verified answers that were read and held against what must come
 */
record RelayReport(
        List<Run> ours,
        List<Run> limit,
        Run bare,
        Run upstream,
        Open oursOpen,
        Open limitOpen,
        Open upstreamOpen,
        Creation creation,
        int sessions,
        long verified,
        Map<String, List<String>> commands,
        Map<String, List<String>> jvmOptions,
        List<String> complaints)
        implements BenchReport {

    /**
     * A closed loop.
     *
     * @param p50 in milliseconds, like the others
     * @param proxyCores of what is measured: the service, or the proxy
     * @param databaseCores of PostgreSQL; 0 where none is asked
     */
    record Run(
            double perSecond,
            double p50,
            double p99,
            double p999,
            double proxyCores,
            double upstreamCores,
            double databaseCores,
            long megabytes) {

        double microsEach() {
            return proxyCores / perSecond * 1e6;
        }
    }

    /**
     * An open loop, latency from the due time, in milliseconds.
     *
     * @param proxyCores of what is measured
     * @param generatorCores of what sends, on the same machine
     */
    record Open(
            double wanted,
            double perSecond,
            double p50,
            double p99,
            double p999,
            double lateP99,
            long failed,
            double proxyCores,
            double generatorCores) {}

    /** Sessions made by the service, and straight at the platform, in milliseconds. */
    record Creation(int count, double oursP50, double oursP99, double platformP50, double platformP99) {}

    private static final double MOST_LATE_MILLIS = 10;
    private static final double LEAST_SENT = 0.97;

    /** What makes an open loop prove nothing. */
    static List<String> complaintsOf(Open open, String name) {
        var complaints = new ArrayList<String>();
        if (open.lateP99() > MOST_LATE_MILLIS || open.perSecond() < open.wanted() * LEAST_SENT) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "open loop, %s: behind schedule, %.0f of %.0f requests/s, p99 %.1f ms late (expected: at most %.0f)",
                    name,
                    open.perSecond(),
                    open.wanted(),
                    open.lateP99(),
                    MOST_LATE_MILLIS));
        }
        if (open.failed() > 0) {
            complaints.add("open loop, %s: %d requests without a 200 (expected: 0)".formatted(name, open.failed()));
        }
        return complaints;
    }

    @Override
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("%d vaulted sessions in turn over %d connections, answers of %d bytes before they are cleaned"
                .formatted(sessions, Wrk.CONNECTIONS, StateAnswer.BYTES));
        jvmOptions.forEach((name, options) -> lines.add("java of " + name + ": " + String.join(" ", options)));
        commands.forEach((name, command) -> lines.add(name + ": " + String.join(" ", command)));
        lines.add(line("upstream", upstream));
        lines.add(line("bare", bare));
        limit.forEach(run -> lines.add(line("limit", run)));
        ours.forEach(run -> lines.add(line("ours", run)));
        lines.add(line("open loop, upstream", upstreamOpen));
        lines.add(line("open loop, limit", limitOpen));
        lines.add(line("open loop, ours", oursOpen));
        lines.add(String.format(
                Locale.ROOT,
                "added to the upstream at %.0f requests/s: ours p50 %.2f ms, p99 %.2f ms; limit p50 %.2f ms, p99 %.2f ms",
                oursOpen.wanted(),
                oursOpen.p50() - upstreamOpen.p50(),
                oursOpen.p99() - upstreamOpen.p99(),
                limitOpen.p50() - upstreamOpen.p50(),
                limitOpen.p99() - upstreamOpen.p99()));
        lines.add(String.format(
                Locale.ROOT,
                "%d sessions made one after the other: p50 %.1f ms, p99 %.1f ms; the platform alone p50 %.1f ms, p99 %.1f ms; added p50 %.1f ms, p99 %.1f ms",
                creation.count(),
                creation.oursP50(),
                creation.oursP99(),
                creation.platformP50(),
                creation.platformP99(),
                creation.oursP50() - creation.platformP50(),
                creation.oursP99() - creation.platformP99()));
        lines.add("%d answers read: none of another journey, none with an internal of the network".formatted(verified));
        return String.join("\n", lines);
    }

    @Override
    public String lastLine() {
        double a = Median.of(ours, Run::perSecond).value();
        double b = Median.of(limit, Run::perSecond).value();
        return String.format(
                Locale.ROOT, "relay ratio %.2f (ours %.0f requests/s, limit %.0f requests/s)", a / b, a, b);
    }

    private static String line(String name, Run run) {
        return String.format(
                Locale.ROOT,
                "%-8s %8.0f requests/s   closed loop p50 %.2f p99 %.2f p99.9 %.2f ms   cores: it %.2f upstream %.2f database %.2f   %.1f us of it a request, %d MB",
                name,
                run.perSecond(),
                run.p50(),
                run.p99(),
                run.p999(),
                run.proxyCores(),
                run.upstreamCores(),
                run.databaseCores(),
                run.microsEach(),
                run.megabytes());
    }

    private static String line(String name, Open open) {
        return String.format(
                Locale.ROOT,
                "%-20s %8.0f requests/s   p50 %.2f p99 %.2f p99.9 %.2f ms   generator late p99 %.1f ms   cores: it %.2f generator %.2f",
                name,
                open.perSecond(),
                open.p50(),
                open.p99(),
                open.p999(),
                open.lateP99(),
                open.proxyCores(),
                open.generatorCores());
    }
}
