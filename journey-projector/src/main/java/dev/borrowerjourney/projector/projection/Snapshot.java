package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Observation;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one record says, in the words of the law.
 *
 * @param settlingAskedAt when a settling poll was asked, by the clock of receipts; null for every other record
 * @param late whether the delivery was signed outside the freshness tolerance
 */
public record Snapshot(
        BorrowerKey borrower,
        UUID applicationId,
        String eventId,
        Instant receivedAt,
        @Nullable Instant settlingAskedAt,
        boolean late,
        @Nullable String correlationId,
        @Nullable String traceparent,
        List<Said> journeys) {

    public record Said(String journeyId, Observation observation) {}
}
