package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StreamReportTest {

    @Test
    void endsWithTheRatioOfMedians() {
        var report = new StreamReport(
                List.of(run(20, 0, 0, 0), run(8, 0, 0, 0), run(10, 0, 0, 0)),
                List.of(run(4, 0, 0, 0), run(2, 0, 0, 0), run(1, 0, 0, 0)),
                new StreamReport.Memory(
                        1_024,
                        new StreamReport.Used(200, OptionalDouble.of(80)),
                        new StreamReport.Used(225, OptionalDouble.of(91)),
                        2.5),
                new StreamReport.Memory(
                        1_024,
                        new StreamReport.Used(40, OptionalDouble.empty()),
                        new StreamReport.Used(60, OptionalDouble.empty()),
                        0.5),
                new StreamReport.Return(1_024, 6, 11),
                new StreamReport.Return(1_024, 0.1, 5),
                1_024,
                Map.of(),
                Map.of(),
                List.of());

        assertThat(report.lastLine()).isEqualTo("stream ratio 0.20 (ours p99 10.0 ms, limit p99 2.0 ms)");
        assertThat(report.text())
                .contains(
                        "1024 connections: 25.0 KiB each; alive in the heap 11.0 KiB each   opened",
                        "1024 connections: 20.0 KiB each   opened");
    }

    @Test
    void provesNothingBehindItsSchedule() {
        assertThat(StreamReport.complaintsOf(run(10, 9, 0, 0), "ours")).isEmpty();
        assertThat(StreamReport.complaintsOf(run(10, 11, 0, 0), "ours"))
                .containsExactly(
                        "ours: generator behind schedule, 500 of 500 changes/s, p99 11.0 ms late (expected: at most 10)");
    }

    @Test
    void complainsOfWhatIsLostOrShownToOthers() {
        assertThat(StreamReport.complaintsOf(run(10, 0, 1, 2), "ours"))
                .containsExactly("ours: 1 changes lost, 2 shown where or when they must not be (expected: 0)");
    }

    private static StreamReport.Run run(double p99, double late, long lost, long wrong) {
        return new StreamReport.Run(
                500, 500, 1_000, 1, p99, 30, new StreamReport.Due(2, 11, 31), late, lost, wrong, 0.5);
    }
}
