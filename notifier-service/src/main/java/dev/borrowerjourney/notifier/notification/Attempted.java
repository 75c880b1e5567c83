package dev.borrowerjourney.notifier.notification;

import java.time.Instant;
import java.util.UUID;

/**
 * What became of one attempt, as it is to be published.
 *
 * @param position in the order of the table
 * @param borrowerKey as it stands there: one that is none must not hold up those behind it
 */
record Attempted(
        long position,
        UUID changeId,
        String deviceId,
        int attempt,
        String borrowerKey,
        UUID applicationId,
        String journeyId,
        long version,
        String channel,
        String outcome,
        Instant dueAt,
        Instant completedAt) {}
