package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayReportTest {

    @Test
    void endsWithTheRatioOfMedians() {
        var report = new RelayReport(
                List.of(run(900), run(3_000), run(1_000)),
                List.of(run(4_000), run(2_000), run(1_000)),
                run(5_000),
                run(9_000),
                open(500, 0, 0),
                open(500, 0, 0),
                open(500, 0, 0),
                new RelayReport.Creation(10, 9, 20, 4, 10),
                100,
                30,
                Map.of(),
                Map.of(),
                List.of());

        assertThat(report.lastLine()).isEqualTo("relay ratio 0.50 (ours 1000 requests/s, limit 2000 requests/s)");
        assertThat(report.text()).contains("added p50 5.0 ms, p99 10.0 ms");
    }

    @Test
    void provesNothingBehindItsScheduleOrWithoutAnswers() {
        assertThat(RelayReport.complaintsOf(open(490, 9, 0), "ours")).isEmpty();
        assertThat(RelayReport.complaintsOf(open(480, 9, 0), "ours"))
                .containsExactly(
                        "open loop, ours: behind schedule, 480 of 500 requests/s, p99 9.0 ms late (expected: at most 10)");
        assertThat(RelayReport.complaintsOf(open(500, 11, 2), "ours"))
                .containsExactly(
                        "open loop, ours: behind schedule, 500 of 500 requests/s, p99 11.0 ms late (expected: at most 10)",
                        "open loop, ours: 2 requests without a 200 (expected: 0)");
    }

    private static RelayReport.Run run(double perSecond) {
        return new RelayReport.Run(perSecond, 1, 2, 3, 1, 0.5, 0.1, 100);
    }

    private static RelayReport.Open open(double perSecond, double late, long failed) {
        return new RelayReport.Open(500, perSecond, 1, 2, 3, late, failed, 0.5, 0.3);
    }
}
