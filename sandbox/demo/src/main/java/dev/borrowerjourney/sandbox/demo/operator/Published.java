package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a journey on journey-changes.
 *
 * @param source WEBHOOK, POLL or REBUILD
 * @param cause the record of journey-snapshots that brought it; of a rebuild, only how far that had read
 * @param changedAt receipt of what caused it
 * @param writtenAt when the projector handed it to Kafka
 */
record Published(
        Place place,
        long version,
        String status,
        @Nullable String nextAction,
        String source,
        Place cause,
        String eventId,
        Instant changedAt,
        Instant writtenAt,
        @Nullable String correlationId) {}
