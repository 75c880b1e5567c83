package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log that observations go to. */
interface Snapshots {

    /**
     * Publishes what was told, and returns once the log has it. With something to settle it is recorded as the settling
     * poll, after an ordinary one where the platform said since when it is so.
     *
     * @throws NotPublished if the log did not take it in time
     */
    void publish(Source source, ToldJourney told, @Nullable Settlement settlement);

    /** Of whom something was told, and in which request. */
    record Source(UUID applicationId, BorrowerKey borrower, String correlationId) {}

    /** The log is away or slow. Whether it has the observation is not known; telling it again does no harm. */
    final class NotPublished extends RuntimeException {
        NotPublished(Throwable cause) {
            super(cause.getClass().getSimpleName(), cause);
        }
    }
}
