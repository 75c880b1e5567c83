package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProjectorReportTest {

    @Test
    void endsWithTheRatioOfMedians() {
        var report = new ProjectorReport(
                List.of(run(900), run(3_000), run(1_000)),
                List.of(4_000.0, 2_000.0, 1_000.0),
                latency(10, 10, 0),
                rebuild(0),
                2_000,
                30,
                Map.of(),
                List.of());

        assertThat(report.lastLine()).isEqualTo("projector ratio 0.50 (ours 1000 records/s, limit 2000 rows/s)");
    }

    @Test
    void provesNothingWithoutEveryChangeOrBehindItsSchedule() {
        var steady = List.of(100.0, 100.0, 100.0);

        assertThat(ProjectorReport.complaintsOf(steady, latency(10, 10, 99), rebuild(0)))
                .isEmpty();
        assertThat(ProjectorReport.complaintsOf(steady, latency(9, 10, 0), rebuild(0)))
                .containsExactly("open loop: 9 changes arrived (expected: 10)");
        assertThat(ProjectorReport.complaintsOf(steady, latency(10, 10, 101), rebuild(0)))
                .containsExactly("open loop: the generator was 101 ms behind (expected: at most 100)");
        assertThat(ProjectorReport.complaintsOf(List.of(100.0, 90.0, 121.0), latency(10, 10, 0), rebuild(0)))
                .containsExactly("limit: varies by 31 % (expected: at most 30)");
        assertThat(ProjectorReport.complaintsOf(steady, latency(10, 10, 0), rebuild(3)))
                .containsExactly("rebuild: 3 journeys are served otherwise than it made them (expected: none)");
    }

    @Test
    void tellsWhatARecordCosts() {
        var earlier = new ProjectorReport.Cpu(1, 2, 3);
        var later = new ProjectorReport.Cpu(2, 2.5, 3.1);

        assertThat(later.since(earlier).each(10_000)).hasToString("service 100 us, database 50 us, broker 10 us");
    }

    private static ProjectorReport.Run run(double perSecond) {
        return new ProjectorReport.Run(perSecond, perSecond, new ProjectorReport.Cpu(1e-4, 1e-4, 1e-5), 100);
    }

    private static RebuildRun.Result rebuild(long different) {
        return new RebuildRun.Result(1_000, 2_000, different);
    }

    private static ProjectorReport.Latency latency(long arrived, long expected, double mostLate) {
        return new ProjectorReport.Latency(arrived, expected, 1, 2, 3, mostLate);
    }
}
