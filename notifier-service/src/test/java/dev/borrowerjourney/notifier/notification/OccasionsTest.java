package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.notification.Occasions.Core;
import dev.borrowerjourney.notifier.push.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the table that is delivered. */
class OccasionsTest {

    final Occasions occasions = Settings.occasions();

    @ParameterizedTest
    @CsvSource({
        "PROFILE_REQUIRED, COMPLETE_PROFILE, ACTION_REQUIRED",
        "KYC_PENDING, COMPLETE_KYC, ACTION_REQUIRED",
        "KYC_PENDING, , ACTION_REQUIRED",
        // A status nobody has heard of, with something to do.
        "LATER_INVENTED, SIGN_LOAN_AGREEMENT, ACTION_REQUIRED",
        // Something to do nobody has heard of, at a step that is the borrower's.
        "KYC_PENDING, LATER_INVENTED, ACTION_REQUIRED",
        "OFFERS_AVAILABLE, VIEW_OFFERS, OFFERS_READY",
        "DISBURSED, VIEW_LOAN, DISBURSED",
        "REJECTED, , REJECTED",
        "EXPIRED, , EXPIRED",
        "CLOSED, WAIT, CLOSED",
        // The lender is at work.
        "KYC_PENDING, WAIT, ",
        "OFFERS_PENDING, WAIT, ",
        "LENDER_PROCESSING, , ",
        "LATER_INVENTED, LATER_INVENTED, "
    })
    void tellsWhatNeedsTheBorrowerOrEndsTheJourney(String status, @Nullable String nextAction, @Nullable Kind kind) {
        assertThat(occasions.of(null, new Core(status, nextAction))).isEqualTo(Optional.ofNullable(kind));
    }

    @Test
    void tellsNothingWhereOnlyDetailsChanged() {
        var offers = new Core("OFFERS_AVAILABLE", "VIEW_OFFERS");

        assertThat(occasions.of(offers, offers)).isEmpty();
        assertThat(occasions.in(offers)).contains(Kind.OFFERS_READY);
    }

    @Test
    void tellsTheNextStepOfTheSameKind() {
        assertThat(occasions.of(new Core("AA_REQUIRED", "COMPLETE_AA"), new Core("KYC_PENDING", "COMPLETE_KYC")))
                .contains(Kind.ACTION_REQUIRED);
    }
}
