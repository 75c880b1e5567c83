package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.snapshot.QuarantineReason;

/** What became of a delivery. */
sealed interface Receipt {

    /** The log has it. */
    record Published() implements Receipt {}

    /** Authentic and unreadable: kept for an operator. */
    record Quarantined(QuarantineReason reason) implements Receipt {}

    /**
     * Not taken, however often it is sent again as it is.
     *
     * @param detail goes out to the sender
     */
    record Refused(Refusal refusal, String detail) implements Receipt {

        static Refused of(Refusal refusal) {
            return new Refused(refusal, refusal.detail);
        }
    }

    /** Not taken now; it must be sent again. */
    record Postponed(Postponement postponement) implements Receipt {}

    enum Refusal {
        /** Larger than a delivery may be. */
        BODY_TOO_LARGE("Send a smaller body."),
        /** The body did not arrive in time. */
        BODY_TOO_SLOW("Send the body faster."),
        /** A header of the platform is missing, repeated or of another shape. */
        MALFORMED_HEADERS("A header is missing, repeated or of another shape."),
        /** The headers name an application that is not ours. */
        UNKNOWN_APPLICATION(Refusal.NOT_AUTHENTIC),
        /** Signed with none of the application's live secrets, or changed on the way. */
        FORGED(Refusal.NOT_AUTHENTIC),
        /** Signed with one application's secret, but speaks for another one or another tenant. */
        FOREIGN_BODY(Refusal.NOT_AUTHENTIC),
        /** The headers' ids are not the body's, and the setting says to refuse that. */
        HEADERS_DISAGREE("The ids in the headers are not those of the body."),
        /** Outside the freshness tolerance, and the setting says to refuse that. */
        NOT_FRESH("The timestamp is outside the tolerance; sign the delivery anew.");

        /** The same for all three, so that nobody learns which applications there are. */
        private static final String NOT_AUTHENTIC = "The signature does not match the delivery.";

        private final String detail;

        Refusal(String detail) {
            this.detail = detail;
        }
    }

    enum Postponement {
        /** More bytes in flight than there is room for. */
        TOO_BUSY,
        /** The log did not acknowledge within the deadline. */
        LOG_TOO_SLOW,
        /** The log, or the registry that tells its schemas, cannot be reached or does not take records. */
        LOG_UNAVAILABLE
    }
}
