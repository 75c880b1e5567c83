package dev.borrowerjourney.notifier.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification as it stands.
 *
 * @param attempts calls that were begun
 * @param nextAt of what is open, when it is looked at next
 * @param outcome null while it is open
 * @param completedAt null while it is open
 */
record HistoryEntry(
        String journeyId,
        long version,
        String kind,
        String deviceId,
        String channel,
        Instant dueAt,
        int attempts,
        Instant nextAt,
        @Nullable String outcome,
        @Nullable Instant completedAt) {}
