package dev.borrowerjourney.notifier.stream;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;

/**
 * One version of one journey of one borrower, ready to be written to any number of connections.
 *
 * @param json the journey as a device gets it
 */
record Update(BorrowerKey borrower, String journeyId, long version, Instant changedAt, String json) {

    /** Names the journey and never its content. */
    @Override
    public String toString() {
        return "Update[" + journeyId + ":" + version + "]";
    }
}
