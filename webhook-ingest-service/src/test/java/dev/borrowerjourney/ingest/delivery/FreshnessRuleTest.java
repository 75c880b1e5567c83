package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import dev.borrowerjourney.ingest.delivery.FreshnessRule.Mode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FreshnessRuleTest {

    static final Duration TOLERANCE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"-301, LATE", "-300, FRESH", "0, FRESH", "300, FRESH", "301, EARLY"})
    void judgesByTheTolerance(long seconds, Freshness freshness) {
        assertThat(rule(Mode.REPORT).judge(NOW.plusSeconds(seconds), NOW)).isEqualTo(freshness);
    }

    @Test
    void cannotJudgeWhatItCannotRead() {
        assertThat(rule(Mode.REPORT).judge(null, NOW)).isEqualTo(Freshness.UNREADABLE);
    }

    @Test
    void refusesOnlyWhenEnforcing() {
        assertThat(rule(Mode.ENFORCE).refuses(Freshness.LATE)).isTrue();
        assertThat(rule(Mode.ENFORCE).refuses(Freshness.UNREADABLE)).isTrue();
        assertThat(rule(Mode.ENFORCE).refuses(Freshness.FRESH)).isFalse();
        assertThat(rule(Mode.REPORT).refuses(Freshness.LATE)).isFalse();
        assertThat(rule(Mode.OFF).judge(Instant.EPOCH, NOW)).isEqualTo(Freshness.FRESH);
    }

    /** The platform does not document the unit. */
    @ParameterizedTest
    @ValueSource(strings = {"1772729300", "1772729300000", "2026-03-05T16:48:20Z", "2026-03-05T22:18:20.000+05:30"})
    void tellsUnitsOfTimestampsApart(String timestamp) {
        assertThat(SignedAt.read(timestamp)).contains(Instant.parse("2026-03-05T16:48:20Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "177272930", "1772729300.5", "-1772729300", "+999999999-01-01T00:00:00Z"})
    void readsNoOtherTimestamp(String timestamp) {
        assertThat(SignedAt.read(timestamp)).isNotEqualTo(SignedAt.read("1772729300"));
    }

    private static FreshnessRule rule(Mode mode) {
        return new FreshnessRule(mode, TOLERANCE);
    }
}
