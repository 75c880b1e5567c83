package dev.borrowerjourney.ingest.snapshot;

import org.jspecify.annotations.Nullable;

/** The ids of a body, each null where the body names none that could be read. */
public record Envelope(
        @Nullable String eventId,
        @Nullable String tenantId,
        @Nullable String applicationId,
        @Nullable String borrowerExternalId) {

    /** Holds no borrower, because it ends up in logs. */
    @Override
    public String toString() {
        return "Envelope[eventId=" + eventId + ", applicationId=" + applicationId + "]";
    }
}
