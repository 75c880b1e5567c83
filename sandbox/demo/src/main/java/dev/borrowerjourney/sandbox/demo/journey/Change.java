package dev.borrowerjourney.sandbox.demo.journey;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A state of a journey as the stream showed it.
 *
 * @param seenAt when the last character of the event was here
 */
public record Change(
        String journeyId,
        long version,
        String status,
        @Nullable String nextAction,
        Instant seenAt) {

    State state() {
        return new State(status, nextAction);
    }

    /** What is compared between stream, read model and truth. */
    record State(String status, @Nullable String nextAction) {

        @Override
        public String toString() {
            return nextAction == null ? status : status + "/" + nextAction;
        }
    }
}
