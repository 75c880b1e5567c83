package dev.borrowerjourney.notifier.stream;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A journey as a borrower's device sees it.
 *
 * @param type null where none was ever observed
 * @param nextAction what the borrower has to do next, or null while the platform is at work
 * @param platformAt by the platform's clock, or null if it told none
 * @param confirmedAt when a poll last confirmed the state, as of the change; null if none did, or if the state comes from
 *     the read model, which does not hold it
 * @param details members of the group of the same name, or null where none were ever observed
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
        Freshness fresh,
        @Nullable JsonNode details) {

    /**
     * @param asOf when the state was last known to be true
     * @param state FRESH or STALE
     */
    record Freshness(Instant asOf, String state) {}
}
