package dev.borrowerjourney.session.subscription;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a look came to.
 *
 * @param failure what went wrong, or null; beside {@link State#DRIFTED} it is why the drift could not be repaired
 * @param retryAfter how long the platform asks to be left alone, or null
 */
record Finding(
        State state, @Nullable Failure failure, @Nullable Duration retryAfter) {

    static Finding of(State state) {
        return new Finding(state, null, null);
    }

    static Finding of(State state, Failure failure) {
        return new Finding(state, failure, null);
    }
}
