package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Anomaly;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** What operators see; every series is there from the start, so that a rate is never missing its zero. */
final class ProjectionMetrics {

    /** What was found odd where a partition began. */
    enum Alarm {
        NEW_TOPIC,
        REPLAY,
        GAP,
        TRUNCATION,
        UNDECIDED
    }

    private record Lag(long records, long oldestMillis, long movedMillis) {}

    private final MeterRegistry meters;
    private final Timer batches;
    private final Timer publications;
    private final Map<Owned.Holding, Lag> lags = new ConcurrentHashMap<>();

    ProjectionMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.batches =
                Timer.builder("projector.batches").publishPercentileHistogram().register(meters);
        this.publications = Timer.builder("projector.publications")
                .publishPercentileHistogram()
                .register(meters);
        Gauge.builder("projector.lag.records", lags, map -> map.values().stream()
                        .mapToLong(Lag::records)
                        .sum())
                .register(meters);
        Gauge.builder("projector.lag.age", lags, map -> longest(map, Lag::oldestMillis))
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder("projector.lag.standstill", lags, map -> longest(map, Lag::movedMillis))
                .baseUnit("seconds")
                .register(meters);
        Arrays.stream(Anomaly.values()).forEach(kind -> count("projector.anomalies", "kind", kind, 0));
        Arrays.stream(PoisonReason.values()).forEach(reason -> count("projector.dead-letters", "reason", reason, 0));
        Arrays.stream(Alarm.values()).forEach(kind -> count("projector.alarms", "kind", kind, 0));
        count("projector.changes", 0);
        count("projector.trouble", 0);
        records("applied", 0);
        records("repeated", 0);
    }

    void applied(Applied applied, Duration took) {
        batches.record(took);
        applied.anomalies().forEach(kind -> count("projector.anomalies", "kind", kind, 1));
        for (var advance : applied.advances()) {
            records("applied", advance.records());
            records("repeated", advance.repeated());
            count("projector.changes", advance.changes());
            advance.deadLetters().forEach(reason -> count("projector.dead-letters", "reason", reason, 1));
        }
    }

    void published(Duration took) {
        publications.record(took);
    }

    void alarm(Alarm kind) {
        count("projector.alarms", "kind", kind, 1);
    }

    void trouble() {
        count("projector.trouble", 1);
    }

    /**
     * Notes what waits.
     *
     * @param oldestMillis since when what waits may be waiting
     * @param movedMillis when a record was applied last, or nothing waited
     */
    void lag(Owned.Holding partition, long records, long oldestMillis, long movedMillis) {
        lags.put(partition, new Lag(records, oldestMillis, movedMillis));
    }

    void forget(Owned.Holding partition) {
        lags.remove(partition);
    }

    private static double longest(Map<Owned.Holding, Lag> lags, ToLongFunction<Lag> since) {
        long now = System.currentTimeMillis();
        return lags.values().stream()
                .filter(lag -> lag.records() > 0)
                .mapToLong(since)
                .filter(millis -> millis > 0)
                .mapToDouble(millis -> Math.max(0, now - millis) / 1000.0)
                .max()
                .orElse(0);
    }

    private void records(String outcome, int count) {
        meters.counter("projector.records", "outcome", outcome).increment(count);
    }

    private void count(String name, int count) {
        meters.counter(name).increment(count);
    }

    private void count(String name, String tag, Enum<?> value, int count) {
        meters.counter(name, tag, value.name().toLowerCase(Locale.ROOT)).increment(count);
    }
}
