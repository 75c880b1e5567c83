package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    final Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(30), new Random(1));

    @ParameterizedTest
    @CsvSource({"1, 1s, 2s", "2, 2s, 4s", "5, 16s, 32s", "11, 15m, 30m", "60, 15m, 30m", "1000000, 15m, 30m"})
    void waitsLongerEachTimeUpToTheLongest(int attempt, String least, String most) {
        for (int trial = 0; trial < 200; trial++) {
            assertThat(backoff.after(attempt, null)).isBetween(duration(least), duration(most));
        }
    }

    @Test
    void waitsAsLongAsThePushServiceAsked() {
        assertThat(backoff.after(1, Duration.ofMinutes(2))).isBetween(Duration.ofMinutes(2), Duration.ofSeconds(121));
        assertThat(backoff.after(11, Duration.ofSeconds(1))).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }
}
