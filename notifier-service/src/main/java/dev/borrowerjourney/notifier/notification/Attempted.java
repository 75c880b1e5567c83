package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;

/**
 * What became of one attempt, as it is to be published.
 *
 * @param position in the order of the table
 */
record Attempted(
        long position,
        UUID changeId,
        String deviceId,
        int attempt,
        BorrowerKey borrower,
        UUID applicationId,
        String journeyId,
        long version,
        String channel,
        String outcome,
        Instant dueAt,
        Instant completedAt) {}
