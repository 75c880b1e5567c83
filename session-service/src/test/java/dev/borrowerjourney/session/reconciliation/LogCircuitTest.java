package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LogCircuitTest {

    private Instant now = Instant.parse("2026-03-05T08:00:00Z");
    private final LogCircuit log = new LogCircuit(() -> now);

    @Test
    void allowsEveryLookWhileTheLogTakesWhatIsTold() {
        assertThat(log.allowed(16)).isEqualTo(16);
    }

    @Test
    void triesWithOneLookAfterAPauseThatGrows() {
        log.opened();
        assertThat(log.allowed(16)).isZero();

        now = now.plusSeconds(1);
        assertThat(log.allowed(16)).isEqualTo(1);
        log.opened();
        now = now.plusMillis(1_900);
        assertThat(log.allowed(16)).isZero();
        now = now.plusMillis(100);
        assertThat(log.allowed(16)).isEqualTo(1);
    }

    @Test
    void neverPausesForLongerThanHalfAMinute() {
        for (int i = 0; i < 20; i++) {
            log.opened();
            now = now.plus(Duration.ofSeconds(30));
        }

        log.opened();
        now = now.plusSeconds(30);
        assertThat(log.allowed(16)).isEqualTo(1);
    }

    /** Sixteen looks that fail together are one failure. */
    @Test
    void countsFailuresOfOneMomentOnce() {
        for (int i = 0; i < 16; i++) {
            log.opened();
        }

        now = now.plusSeconds(1);
        assertThat(log.allowed(16)).isEqualTo(1);
    }

    @Test
    void goesOnAtOnceWhenTheLogIsBack() {
        log.opened();
        log.closed();

        assertThat(log.allowed(16)).isEqualTo(16);
    }
}
