package dev.borrowerjourney.sandbox.platform.borrower;

import java.time.Instant;

/** What a journey waits for, and until when. A journey waits for one thing at a time. */
public record Due(What what, Instant at) {

    public enum What {
        PROFILE_CHECKED,
        OFFERS_FOUND,
        OFFERS_EXPIRED,
        LENDER_PREPARED,
        STEP_CHECKED,
        DISBURSED,
        PAYMENT_SETTLED,
        /** A value that nobody documented gives way to the usual one. */
        UNKNOWN_PASSED,
        REJECTED,
        JOURNEY_EXPIRED
    }
}
