package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A state of a journey that was heard of otherwise than by a look: by a change of the read model, or in passing.
 *
 * @param changedAt when the state became so, as far as we know
 * @param pause until the first look, or null if there is to be none
 */
record Fed(
        BorrowerKey borrower,
        UUID applicationId,
        String journeyId,
        Told state,
        Instant changedAt,
        @Nullable Duration pause) {

    Pace pace() {
        return Pace.of(state.status());
    }
}
