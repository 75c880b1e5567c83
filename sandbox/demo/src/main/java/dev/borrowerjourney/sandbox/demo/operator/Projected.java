package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a journey in the read model.
 *
 * @param source WEBHOOK, POLL or REBUILD
 * @param cause the record of journey-snapshots that brought it; of a rebuild, only how far that had read
 * @param committedAt when the transaction ended that wrote it; null if that is not known
 */
record Projected(
        long version,
        String status,
        @Nullable String nextAction,
        String source,
        Place cause,
        String eventId,
        @Nullable String correlationId,
        Instant changedAt,
        @Nullable Instant committedAt) {

    /** What the topic tells of it, which is all but the time of its transaction. */
    static Projected of(Published published) {
        return new Projected(
                published.version(),
                published.status(),
                published.nextAction(),
                published.source(),
                published.cause(),
                published.eventId(),
                published.correlationId(),
                published.changedAt(),
                null);
    }
}
