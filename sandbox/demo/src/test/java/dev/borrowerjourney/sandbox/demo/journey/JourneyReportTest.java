package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JourneyReportTest {

    private static final Instant SENT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void tellsMeasuredValuesAndNoneBetween() {
        var changes = IntStream.rangeClosed(1, 200)
                .mapToObj(JourneyReportTest::seenAfter)
                .toList();

        var report = JourneyReport.of(List.of(new JourneyResult("b", "j", changes, List.of())));

        assertThat(report.ok()).isTrue();
        assertThat(report.summary())
                .isEqualTo(
                        "1 of 1 journeys ok, 200 changes, platform to stream p50 100.0 ms, p99 198.0 ms, max 200.0 ms");
    }

    @Test
    void failsWithOneJourneyOfMany() {
        var good = new JourneyResult("b", "j", List.of(seenAfter(1)), List.of());
        var bad = new JourneyResult("c", null, List.of(), List.of("truth: CLOSED (expected: DISBURSED)"));

        var report = JourneyReport.of(List.of(good, bad));

        assertThat(report.ok()).isFalse();
        assertThat(report.summary()).startsWith("1 of 2 journeys ok");
        assertThat(HttpCalls.JSON
                        .readTree(report.json())
                        .at("/items/1/problems/0")
                        .asString())
                .contains("CLOSED");
    }

    private static JourneyResult.Timed seenAfter(int millis) {
        return new JourneyResult.Timed(new Change("j", millis, "STARTED", null, SENT.plusMillis(millis)), SENT);
    }
}
