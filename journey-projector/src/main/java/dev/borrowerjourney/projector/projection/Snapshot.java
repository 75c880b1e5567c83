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
 * @param late whether the delivery was signed outside the freshness tolerance
 */
record Snapshot(
        BorrowerKey borrower,
        UUID applicationId,
        String eventId,
        Instant receivedAt,
        boolean late,
        @Nullable String correlationId,
        @Nullable String traceparent,
        List<Said> journeys) {

    record Said(String journeyId, Observation observation) {}
}
