package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of a journey as the platform itself knows it, past all webhooks.
 *
 * @param position its place among all changes of all borrowers
 * @param delivery what became of its webhook, in the platform's words
 */
record Told(
        long position,
        String journeyId,
        String borrowerExternalId,
        String applicationId,
        String eventId,
        long sequence,
        String status,
        @Nullable String nextAction,
        String trigger,
        Instant generatedAt,
        String delivery,
        List<Attempt> attempts,
        @Nullable Instant firstSentAt,
        @Nullable Instant acknowledgedAt) {

    /** @param outcome the HTTP status, or what kept it from coming */
    record Attempt(Instant at, String outcome) {}
}
