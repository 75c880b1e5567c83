package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacingTest {

    private final Pacing pacing = new Pacing(Fixtures.settings(), new Random(7));

    /** The platform's documentation: every 2 to 5 s, every 10 to 20 s, rarely. */
    @ParameterizedTest
    @CsvSource({
        "PROFILE_REQUIRED, 2, 5",
        "AA_REQUIRED, 2, 5",
        "KYC_PENDING, 2, 5",
        "BANK_MANDATE_PENDING, 2, 5",
        "E_MANDATE_PENDING, 2, 5",
        "LOAN_AGREEMENT_PENDING, 2, 5",
        "PROFILE_SUBMITTED, 10, 20",
        "OFFERS_PENDING, 10, 20",
        "OFFER_SELECTED, 10, 20",
        "LENDER_PROCESSING, 10, 20",
        "STARTED, 240, 360",
        "OFFERS_AVAILABLE, 240, 360",
        "DISBURSED, 240, 360"
    })
    void looksAsOftenAsTheStatusIsWorthToThoseWhoWatch(String status, int least, int most) {
        assertBetween(
                least, most, () -> pacing.pause(Pace.of(status), false, true).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROFILE_SUBMITTED", "LENDER_PROCESSING", "OFFERS_AVAILABLE"})
    void looksOftenWhenTheBorrowerHasJustActed(String status) {
        var pace = Pace.of(status);

        assertBetween(2, 5, () -> pacing.pause(Pace.ACTIVE, true, true).orElseThrow());
        assertBetween(2, 5, () -> pacing.pause(pace, true, true).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"KYC_PENDING", "LENDER_PROCESSING", "STARTED", "NEVER_SEEN_BEFORE"})
    void looksRarelyWhereNobodyWatches(String status) {
        assertBetween(240, 360, () -> pacing.pause(Pace.of(status), true, false).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REJECTED", "EXPIRED", "CLOSED"})
    void neverLooksAtWhatIsOver(String status) {
        assertThat(pacing.pause(Pace.of(status), true, true)).isEmpty();
    }

    @Test
    void neverLooksAtWhatIsGone() {
        assertThat(pacing.pause(Pace.GONE, true, true)).isEmpty();
    }

    @Test
    void waitsForAStatusNeverSeenBefore() {
        assertThat(Pace.of("NEVER_SEEN_BEFORE")).isEqualTo(Pace.PASSIVE);
    }

    @Test
    void comesAgainEverLaterAfterFailures() {
        assertBetween(0.5, 1, () -> pacing.afterFailure(0));
        assertBetween(2, 4, () -> pacing.afterFailure(2));
        assertBetween(16, 32, () -> pacing.afterFailure(5));
        assertBetween(240, 360, () -> pacing.afterFailure(40));
    }

    private static void assertBetween(double least, double most, Supplier<Duration> pause) {
        assertThat(Stream.generate(pause).limit(200).map(drawn -> drawn.toMillis() / 1000.0))
                .allSatisfy(seconds -> assertThat(seconds).isBetween(least, most));
    }
}
