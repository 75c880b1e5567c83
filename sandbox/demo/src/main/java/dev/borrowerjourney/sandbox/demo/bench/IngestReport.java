package dev.borrowerjourney.sandbox.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the bench of the receiver found.
 *
 * @param open rate and latency at half of our own maximum
 * @param bare what the HTTP server alone answers, for comparison: no ratio is made of it
 */
record IngestReport(
        List<ClosedRun> ours,
        List<KafkaLimit.Run> limit,
        List<OpenRun> open,
        BareRun bare,
        int bodyBytes,
        double signedPerSecond,
        List<String> limitCommand,
        Map<String, List<String>> jvmOptions,
        List<String> complaints)
        implements BenchReport {

    /** How much of a core each process took on average, and the receiver's memory at the end. */
    record Load(double generatorCores, double serviceCores, double brokerCores, long serviceMegabytes) {}

    record ClosedRun(double perSecond, double p50, double p99, double p999, Load load, long verified) {}

    record BareRun(double perSecond, double p99, double generatorCores, double serverCores) {}

    record OpenRun(
            double perSecond,
            double p50,
            double p99,
            double p999,
            double max,
            double lateP99,
            Load load,
            long verified) {}

    @Override
    public String text() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT, "bodies %d bytes on average, signed ahead at %.0f/s", bodyBytes, signedPerSecond));
        jvmOptions.forEach((name, options) ->
                lines.add(String.format(Locale.ROOT, "java of %s: %s", name, String.join(" ", options))));
        lines.add("limit: " + limitCommand.stream().map(IngestReport::quoted).collect(Collectors.joining(" ")));
        for (var run : limit) {
            lines.add(String.format(
                    Locale.ROOT,
                    "limit  %8.0f records/s   cores: producer %.2f broker %.2f",
                    run.perSecond(),
                    run.cores(),
                    run.brokerCores()));
        }
        for (var run : ours) {
            lines.add(String.format(
                    Locale.ROOT,
                    "ours   %8.0f records/s   closed loop p50 %.1f p99 %.1f p99.9 %.1f ms   %s   %d ids found",
                    run.perSecond(),
                    run.p50(),
                    run.p99(),
                    run.p999(),
                    describe(run.load()),
                    run.verified()));
        }
        for (var run : open) {
            lines.add(String.format(
                    Locale.ROOT,
                    "ours   %8.0f records/s   open loop p50 %.1f p99 %.1f p99.9 %.1f max %.1f ms   generator late p99 %.1f ms   %s   %d ids found",
                    run.perSecond(),
                    run.p50(),
                    run.p99(),
                    run.p999(),
                    run.max(),
                    run.lateP99(),
                    describe(run.load()),
                    run.verified()));
        }
        lines.add(String.format(
                Locale.ROOT,
                "bare   %8.0f answers/s   closed loop p99 %.1f ms: the HTTP server alone, 202 to every body   cores: generator %.2f server %.2f",
                bare.perSecond(),
                bare.p99(),
                bare.generatorCores(),
                bare.serverCores()));
        lines.add(String.format(
                Locale.ROOT,
                "open loop at half of our maximum, medians: p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms",
                Median.of(open, OpenRun::p50).value(),
                Median.of(open, OpenRun::p99).value(),
                Median.of(open, OpenRun::p999).value()));
        return String.join("\n", lines);
    }

    @Override
    public String lastLine() {
        double a = Median.of(ours, ClosedRun::perSecond).value();
        double b = Median.of(limit, KafkaLimit.Run::perSecond).value();
        return String.format(Locale.ROOT, "ingest ratio %.2f (ours %.0f records/s, limit %.0f records/s)", a / b, a, b);
    }

    private static String describe(Load load) {
        return String.format(
                Locale.ROOT,
                "cores: generator %.2f service %.2f broker %.2f, service %d MB",
                load.generatorCores(),
                load.serviceCores(),
                load.brokerCores(),
                load.serviceMegabytes());
    }

    private static String quoted(String word) {
        return word.contains("*") ? "'" + word + "'" : word;
    }
}
