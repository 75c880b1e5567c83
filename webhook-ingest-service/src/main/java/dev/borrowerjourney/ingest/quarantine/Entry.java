package dev.borrowerjourney.ingest.quarantine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery in quarantine, without what is sealed.
 *
 * @param detail where reading stopped, or null
 * @param released null while it is in quarantine
 */
record Entry(
        int partition,
        long offset,
        String eventId,
        String applicationId,
        String secretId,
        String reason,
        @Nullable String detail,
        Instant receivedAt,
        @Nullable Release released) {

    /** Who released it, when. */
    record Release(String by, String at) {}

    Entry with(@Nullable Release release) {
        return new Entry(partition, offset, eventId, applicationId, secretId, reason, detail, receivedAt, release);
    }

    boolean isReleased() {
        return released != null;
    }
}
