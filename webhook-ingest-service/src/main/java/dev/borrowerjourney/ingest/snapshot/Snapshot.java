package dev.borrowerjourney.ingest.snapshot;

import dev.borrowerjourney.schemas.event.JourneyObservation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one webhook says of a borrower's journeys.
 *
 * @param borrowerExternalId the partner's own id of the borrower; personal
 * @param sequence orders the platform's snapshots; never a time; null if the body has none
 * @param unreadDetails how many details had an unexpected form and were left out
 * @param unknownStatuses how many journeys have a status that this version does not know
 */
public record Snapshot(
        String eventId,
        String borrowerExternalId,
        @Nullable String schemaVersion,
        @Nullable String trigger,
        @Nullable Long sequence,
        @Nullable Instant generatedAt,
        @Nullable Instant eventAt,
        List<JourneyObservation> journeys,
        int unreadDetails,
        int unknownStatuses) {

    /** When the platform made the snapshot, as far as it says. */
    public @Nullable Instant time() {
        return generatedAt == null ? eventAt : generatedAt;
    }

    /** Holds no borrower, because it ends up in logs. */
    @Override
    public String toString() {
        return "Snapshot[eventId=" + eventId + ", journeys=" + journeys.size() + "]";
    }
}
