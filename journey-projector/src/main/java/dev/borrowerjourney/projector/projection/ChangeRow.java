package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.VisibleState.VisibleContent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state that became visible. Everything in it is a function of the log up to its record, so that applying the log again
 * gives the same row.
 *
 * @param before null on version 1
 * @param stale whether a late delivery told it
 * @param position orders a partition's rows for publication
 */
public record ChangeRow(
        String journeyKey,
        long version,
        String borrowerKey,
        UUID applicationId,
        String journeyId,
        @Nullable VisibleContent before,
        VisibleContent after,
        String source,
        @Nullable Instant platformAt,
        Instant changedAt,
        @Nullable Instant confirmedAt,
        boolean stale,
        String eventId,
        @Nullable String correlationId,
        @Nullable String traceparent,
        long sourceOffset,
        long position) {}
