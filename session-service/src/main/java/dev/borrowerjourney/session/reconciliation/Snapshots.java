package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log that observations go to. */
interface Snapshots {

    /**
     * Sends what was told; the log has it once {@link Sent#await()} has returned. With something to settle it is recorded as
     * the settling poll, after an ordinary one where the platform said since when it is so.
     *
     * @throws NotPublished if the log is known to be away or slow; this takes some seconds
     */
    Sent send(Source source, ToldJourney told, @Nullable Settlement settlement);

    /** As {@link #send}, and returns once the log has it. */
    default void publish(Source source, ToldJourney told, @Nullable Settlement settlement) {
        send(source, told, settlement).await();
    }

    /** What is on its way to the log. */
    @FunctionalInterface
    interface Sent {

        /** Returns once the log has it, or throws {@link NotPublished} if it did not take it in time. */
        void await();
    }

    /** Of whom something was told, and in which request. */
    record Source(
            UUID applicationId,
            BorrowerKey borrower,
            String correlationId,
            @Nullable String traceparent) {}

    /** The log is away or slow. Whether it has the observation is not known; telling it again does no harm. */
    final class NotPublished extends RuntimeException {
        NotPublished(Throwable cause) {
            super(cause.getClass().getSimpleName(), cause);
        }
    }
}
