package dev.borrowerjourney.sandbox.demo.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What the bench of the stream found.
 *
 * @param limit a bare server of events
 */
record StreamReport(
        List<Run> ours,
        List<Run> limit,
        Memory oursMemory,
        Memory limitMemory,
        Return oursReturn,
        Return limitReturn,
        int borrowers,
        Map<String, List<String>> commands,
        Map<String, List<String>> jvmOptions,
        List<String> complaints)
        implements BenchReport {

    /**
     * A run by schedule, times in milliseconds.
     *
     * @param due from the moment when a change was due; the others are from the broker's acknowledgement
     * @param lateP99 of the generator
     * @param lost acknowledged and not shown
     * @param wrong shown to another borrower, twice, or after a later version
     * @param cores kept busy by the server
     */
    record Run(
            double wanted,
            double perSecond,
            long changes,
            double p50,
            double p99,
            double p999,
            Due due,
            double lateP99,
            long lost,
            long wrong,
            double cores) {}

    /** From the moment when a change was due, in milliseconds. */
    record Due(double p50, double p99, double p999) {}

    /**
     * Memory of a server. A collector that keeps its whole heap resident shows connections in what lives there, another in
     * what is resident, and many a one in both, so neither alone tells what a connection takes.
     *
     * @param openSeconds how long the streams took to open
     */
    record Memory(int connections, Used without, Used with, double openSeconds) {

        double residentKibibytesEach() {
            return each((double) (with.residentMegabytes() - without.residentMegabytes()));
        }

        OptionalDouble liveKibibytesEach() {
            return with.liveMegabytes().isPresent() && without.liveMegabytes().isPresent()
                    ? OptionalDouble.of(each(with.liveMegabytes().getAsDouble()
                            - without.liveMegabytes().getAsDouble()))
                    : OptionalDouble.empty();
        }

        private double each(double megabytes) {
            return megabytes * 1_024 / connections;
        }
    }

    /**
     * Memory at one time.
     *
     * @param liveMegabytes of a Java heap, after a full collection; empty if there is none
     */
    record Used(long residentMegabytes, OptionalDouble liveMegabytes) {

        static Used resident(long pid) {
            return new Used(ProcessUsage.of(pid).residentMegabytes(), OptionalDouble.empty());
        }
    }

    /**
     * After SIGKILL.
     *
     * @param answersAfter seconds until it was ready again
     * @param allAfter seconds until every device had its present state
     */
    record Return(int connections, double answersAfter, double allAfter) {}

    private static final double MOST_LATE_MILLIS = 10;
    private static final double LEAST_SENT = 0.97;

    /** What makes a run prove nothing, or prove a fault. */
    static List<String> complaintsOf(Run run, String name) {
        var complaints = new ArrayList<String>();
        if (run.lateP99() > MOST_LATE_MILLIS || run.perSecond() < run.wanted() * LEAST_SENT) {
            complaints.add(String.format(
                    Locale.ROOT,
                    "%s: generator behind schedule, %.0f of %.0f changes/s, p99 %.1f ms late (expected: at most %.0f)",
                    name,
                    run.perSecond(),
                    run.wanted(),
                    run.lateP99(),
                    MOST_LATE_MILLIS));
        }
        if (run.lost() > 0 || run.wrong() > 0) {
            complaints.add("%s: %d changes lost, %d shown where or when they must not be (expected: 0)"
                    .formatted(name, run.lost(), run.wrong()));
        }
        return complaints;
    }

    @Override
    public String text() {
        var lines = new ArrayList<String>();
        lines.add("%d borrowers with an open stream each".formatted(borrowers));
        jvmOptions.forEach((name, options) -> lines.add("java of " + name + ": " + String.join(" ", options)));
        commands.forEach((name, command) -> lines.add(name + ": " + String.join(" ", command)));
        limit.forEach(run -> lines.add(line("limit", run)));
        ours.forEach(run -> lines.add(line("ours", run)));
        lines.add(line("limit", limitMemory));
        lines.add(line("ours", oursMemory));
        lines.add(line("limit", limitReturn));
        lines.add(line("ours", oursReturn));
        return String.join("\n", lines);
    }

    @Override
    public String lastLine() {
        double a = Median.of(ours, Run::p99).value();
        double b = Median.of(limit, Run::p99).value();
        return String.format(Locale.ROOT, "stream ratio %.2f (ours p99 %.1f ms, limit p99 %.1f ms)", b / a, a, b);
    }

    private static String line(String name, Run run) {
        return String.format(
                Locale.ROOT,
                "%-6s %d changes at %.0f/s, each shown once, %d lost   from the acknowledgement p50 %.2f p99 %.2f p99.9 %.2f ms   from due p50 %.2f p99 %.2f p99.9 %.2f ms   generator late p99 %.2f ms   cores %.2f",
                name,
                run.changes(),
                run.perSecond(),
                run.lost(),
                run.p50(),
                run.p99(),
                run.p999(),
                run.due().p50(),
                run.due().p99(),
                run.due().p999(),
                run.lateP99(),
                run.cores());
    }

    private static String line(String name, Memory memory) {
        return String.format(
                Locale.ROOT,
                "%-6s resident memory %d MB without, %d MB with %d connections: %.1f KiB each%s   opened in %.1f s",
                name,
                memory.without().residentMegabytes(),
                memory.with().residentMegabytes(),
                memory.connections(),
                memory.residentKibibytesEach(),
                memory.liveKibibytesEach().stream()
                        .mapToObj(each -> String.format(Locale.ROOT, "; alive in the heap %.1f KiB each", each))
                        .collect(Collectors.joining()),
                memory.openSeconds());
    }

    private static String line(String name, Return back) {
        return String.format(
                Locale.ROOT,
                "%-6s killed: ready again after %.1f s, all %d devices have their present state after %.1f s",
                name,
                back.answersAfter(),
                back.connections(),
                back.allAfter());
    }
}
