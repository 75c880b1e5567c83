package dev.borrowerjourney.projector.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journey that the platform is to be asked about once more, because of what was odd.
 *
 * @param sequence what the settling poll is to carry: that of the core register, null if there is none
 * @param dueAt not to be asked before, by the clock of receipts
 */
record DueRow(
        String journeyKey,
        String cause,
        String borrowerKey,
        UUID applicationId,
        String journeyId,
        @Nullable Long sequence,
        Instant dueAt,
        long sourceOffset) {

    /** What the platform's clocks may differ by: asked later than this, the answer is the newer one by any of them. */
    static final Duration SETTLING = Duration.ofSeconds(2);
}
