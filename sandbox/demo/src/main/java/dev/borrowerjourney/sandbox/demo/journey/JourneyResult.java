package dev.borrowerjourney.sandbox.demo.journey;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one journey went.
 *
 * @param problems empty if stream, read model and truth agree on every step
 */
public record JourneyResult(
        String borrowerExternalId, @Nullable String journeyId, List<Timed> changes, List<String> problems) {

    public boolean ok() {
        return problems.isEmpty();
    }

    /**
     * A change with its way from the platform to the app.
     *
     * @param sentAt the platform's first sending of this state, null where the platform knows of none
     */
    public record Timed(Change change, @Nullable Instant sentAt) {

        /** From the platform's sending to the stream's delivery. */
        public @Nullable Duration delay() {
            return sentAt == null ? null : Duration.between(sentAt, change.seenAt());
        }
    }
}
