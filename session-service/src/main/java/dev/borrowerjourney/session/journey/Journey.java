package dev.borrowerjourney.session.journey;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One borrower's way to one loan, as the app is shown it.
 *
 * @param type null where no details were ever seen
 * @param nextAction what the borrower has to do next, or null while the platform is at work
 * @param version from 1, one more for each state that became visible
 * @param source where the state came from: WEBHOOK, POLL or REBUILD
 * @param platformAt time of the state by the platform's clock, or null if it had none
 * @param changedAt when the record that caused this version was received
 * @param confirmedAt when a poll last confirmed the state, or null if none did
 * @param details lender, offers and repayment, or null where none were ever seen
 */
record Journey(
        String journeyId,
        UUID applicationId,
        @Nullable String type,
        String status,
        @Nullable String nextAction,
        long version,
        String source,
        @Nullable Instant platformAt,
        Instant changedAt,
        @Nullable Instant confirmedAt,
        Fresh fresh,
        @Nullable JsonNode details) {

    /** How far the state may be trusted to be the platform's present one. */
    record Fresh(Instant asOf, State state) {}

    enum State {
        FRESH,
        STALE
    }
}
