package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Journey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journey as the read model keeps it.
 *
 * @param changedAt receipt of the record that caused the version; null before the first
 * @param confirmedAt when a poll last confirmed the state, as of the version
 * @param freshAsOf the latest receipt of a record that said what is visible
 * @param sourceOffset of the last record taken in
 */
public record JourneyRow(
        String journeyKey,
        String borrowerKey,
        UUID applicationId,
        String journeyId,
        Journey journey,
        @Nullable Instant changedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant freshAsOf,
        boolean stale,
        long sourceOffset) {}
