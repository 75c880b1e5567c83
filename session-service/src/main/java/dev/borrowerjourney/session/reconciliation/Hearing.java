package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a look at a journey, as it is kept.
 *
 * @param published whether it went to the log
 * @param settled whether as a settling poll, too
 * @param aheadSince since when polling knows more than webhooks have told, or null
 * @param elapsed since the platform was asked
 * @param pause from that moment to the next look, or null if there is to be none
 */
record Hearing(
        Told told,
        boolean published,
        boolean settled,
        @Nullable Instant aheadSince,
        Duration elapsed,
        @Nullable Duration pause) {

    Pace pace() {
        return Pace.of(told.status());
    }
}
