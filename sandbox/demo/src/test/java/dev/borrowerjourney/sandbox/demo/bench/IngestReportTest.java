package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IngestReportTest {

    final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void endsWithTheRatioOfTheMedians() {
        Locale.setDefault(Locale.GERMANY);

        var report = report(List.of(10_000.4, 30_000.0, 20_000.0), List.of(61_000.0, 60_000.0, 10_000.0));

        assertThat(report.lastLine()).isEqualTo("ingest ratio 0.33 (ours 20000 records/s, limit 60000 records/s)");
        assertThat(report.text()).contains("p99 2.5 ms").doesNotContain("2,5");
    }

    @Test
    void believesNoLimitThatVaries() {
        assertThat(Median.of(limits(List.of(100.0, 90.0, 119.0)), KafkaLimit.Run::perSecond)
                        .complaints())
                .isEmpty();
        assertThat(Median.of(limits(List.of(100.0, 90.0, 121.0)), KafkaLimit.Run::perSecond)
                        .complaints())
                .containsExactly("limit: varies by 31 % (expected: at most 30)");
    }

    private static IngestReport report(List<Double> ours, List<Double> limit) {
        var load = new IngestReport.Load(0.1, 1.2, 0.4, 500);
        return new IngestReport(
                ours.stream()
                        .map(rate -> new IngestReport.ClosedRun(rate, 1, 2, 3, load, 10))
                        .toList(),
                limits(limit),
                List.of(new IngestReport.OpenRun(5_000, 1.5, 2.5, 3.5, 4.5, 0.1, load, 10)),
                new IngestReport.BareRun(50_000, 2, 0.8, 1.2),
                2_000,
                400_000,
                List.of("java", "-cp", "lib/*"),
                Map.of("broker", List.of("-Xmx1g")),
                List.of());
    }

    private static List<KafkaLimit.Run> limits(List<Double> rates) {
        return rates.stream().map(rate -> new KafkaLimit.Run(rate, 0.5, 0.3)).toList();
    }
}
