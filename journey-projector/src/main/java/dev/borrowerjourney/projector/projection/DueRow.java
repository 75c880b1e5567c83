package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.law.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journey that the platform is to be asked about once more, because its observations contradict each other.
 *
 * @param sequence what the settling poll is to carry: that of the core register, null if there is none
 * @param dueAt not to be asked before, by the clock of receipts
 * @param settled whether a poll that was asked then has answered; kept, so that a repetition is no new cause
 */
record DueRow(
        String journeyKey,
        Cause cause,
        String borrowerKey,
        UUID applicationId,
        String journeyId,
        @Nullable Long sequence,
        Instant dueAt,
        boolean settled,
        long sourceOffset) {

    /** What the platform's clocks may differ by: asked later than this, the answer is the newer one by any of them. */
    static final Duration SETTLING = Duration.ofSeconds(2);

    /** The row after a settling poll of its journey that was asked at this time. */
    DueRow askedAt(Instant asked) {
        return dueAt.isAfter(asked)
                ? this
                : new DueRow(
                        journeyKey, cause, borrowerKey, applicationId, journeyId, sequence, dueAt, true, sourceOffset);
    }
}
