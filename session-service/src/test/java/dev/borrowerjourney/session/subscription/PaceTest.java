package dev.borrowerjourney.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Finding AWAY = Finding.of(State.UNKNOWN, Failure.UNREACHABLE);
    private static final Finding IN_STEP = Finding.of(State.IN_STEP);

    private final Pace pace = new Pace(INTERVAL, new Random(1));

    @Test
    void looksAboutOncePerInterval() {
        var pauses = IntStream.range(0, 1000).mapToObj(_ -> pace.after(IN_STEP)).toList();

        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(minutes(4), minutes(6)));
        assertThat(pauses.stream().distinct().count()).isGreaterThan(900);
    }

    @Test
    void looksAgainSoonAfterFailureAndThenLessAndLessOften() {
        var pauses = Stream.generate(() -> pace.after(AWAY))
                .limit(40)
                .map(Duration::toMillis)
                .toList();

        assertThat(pauses.get(0)).isBetween(500L, 1_000L);
        assertThat(pauses.get(1)).isBetween(1_000L, 2_000L);
        assertThat(pauses.get(4)).isBetween(8_000L, 16_000L);
        assertThat(pauses.subList(9, 40))
                .allSatisfy(pause -> assertThat(pause).isBetween(INTERVAL.toMillis() / 2, INTERVAL.toMillis()));
    }

    @Test
    void beginsAnewAfterSuccess() {
        IntStream.range(0, 10).forEach(_ -> pace.after(AWAY));
        pace.after(IN_STEP);

        assertThat(pace.after(AWAY)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void givesThePlatformTheTimeItAsksFor() {
        var asked = new Finding(State.UNKNOWN, Failure.BUSY, minutes(10));

        assertThat(pace.after(asked)).isBetween(minutes(10), minutes(12));
    }

    @Test
    void believesNoRequestForADay() {
        var asked = new Finding(State.UNKNOWN, Failure.BUSY, Duration.ofHours(24));

        assertThat(pace.after(asked)).isLessThan(Duration.ofMinutes(73));
    }

    private static Duration minutes(int minutes) {
        return Duration.ofMinutes(minutes);
    }
}
