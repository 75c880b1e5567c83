package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.journey.JourneyResult.Timed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What came out of a number of journeys. */
public final class JourneyReport {

    private final List<JourneyResult> results;
    private final List<Double> sortedMillis;

    private JourneyReport(List<JourneyResult> results) {
        this.results = results;
        this.sortedMillis = results.stream()
                .flatMap(result -> result.changes().stream())
                .map(Timed::delay)
                .filter(Objects::nonNull)
                .map(JourneyReport::millis)
                .sorted()
                .toList();
    }

    public static JourneyReport of(List<JourneyResult> results) {
        return new JourneyReport(List.copyOf(results));
    }

    public boolean ok() {
        return results.stream().allMatch(JourneyResult::ok);
    }

    /** One line for people. */
    public String summary() {
        return "%d of %d journeys ok, %d changes, platform to stream p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                .formatted(
                        results.stream().filter(JourneyResult::ok).count(),
                        results.size(),
                        changes(),
                        percentile(50),
                        percentile(99),
                        percentile(100));
    }

    /** Everything for tools. */
    public String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("ok", ok());
        report.put("journeys", results.size());
        report.put("changes", changes());
        report.put("p50Millis", percentile(50));
        report.put("p99Millis", percentile(99));
        report.put("maxMillis", percentile(100));
        report.put("items", results.stream().map(JourneyReport::item).toList());
        return HttpCalls.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private long changes() {
        return results.stream().mapToLong(result -> result.changes().size()).sum();
    }

    /** The nearest rank: a value that was measured, not one between two. */
    private double percentile(int percent) {
        if (sortedMillis.isEmpty()) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100.0 * sortedMillis.size());
        return sortedMillis.get(Math.max(rank, 1) - 1);
    }

    private static Map<String, Object> item(JourneyResult result) {
        var item = new LinkedHashMap<String, Object>();
        item.put("borrowerExternalId", result.borrowerExternalId());
        item.put("journeyId", result.journeyId());
        item.put("ok", result.ok());
        item.put("problems", result.problems());
        item.put("changes", result.changes().stream().map(JourneyReport::item).toList());
        return item;
    }

    private static Map<String, Object> item(Timed timed) {
        var item = new LinkedHashMap<String, Object>();
        item.put("version", timed.change().version());
        item.put("status", timed.change().status());
        item.put("nextAction", timed.change().nextAction());
        item.put("sentAt", timed.sentAt());
        item.put("seenAt", timed.change().seenAt());
        var delay = timed.delay();
        item.put("millis", delay == null ? null : millis(delay));
        return item;
    }
}
