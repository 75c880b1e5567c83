package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;

/**
 * One version of one journey of one borrower, ready to be written to any number of connections.
 *
 * @param applicationId whose the journey is, as it says itself
 * @param event the whole event as a device gets it
 */
record Update(
        BorrowerKey borrower, UUID applicationId, String journeyId, long version, Instant changedAt, String event) {

    /** Names the journey and never its content. */
    @Override
    public String toString() {
        return "Update[" + journeyId + ":" + version + "]";
    }
}
