package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the projector says of a journey.
 *
 * @param shown what the read model shows, or null if nothing yet
 * @param settlement what a poll has to settle, or null if nothing
 */
record Known(@Nullable Shown shown, @Nullable Settlement settlement) {

    /**
     * A state of the read model.
     *
     * @param byWebhook whether a webhook vouches for it
     * @param changedAt when the record came that made it visible
     * @param heardAt when the record came that last told it
     */
    record Shown(Told state, boolean byWebhook, Instant changedAt, Instant heardAt) {}

    /**
     * An anomaly that waits for a settling poll.
     *
     * @param sequence what the poll is to carry, or null if the journey never had one
     */
    record Settlement(String cause, @Nullable Long sequence) {}

    boolean shows(@Nullable Told told) {
        return shown != null && shown.state().equals(told);
    }

    /** How long after polling a webhook has told the same; nothing if it has not yet. */
    Optional<Duration> webhookBehind(@Nullable Instant aheadSince, @Nullable Told told) {
        return aheadSince != null
                        && shown != null
                        && shows(told)
                        && shown.byWebhook()
                        && shown.heardAt().isAfter(aheadSince)
                ? Optional.of(Duration.between(aheadSince, shown.heardAt()))
                : Optional.empty();
    }

    /** How long before a poll received then a webhook had told the same. */
    Optional<Duration> webhookAhead(Told told, Instant receivedAt) {
        return shown != null && shows(told) && shown.byWebhook() && receivedAt.isAfter(shown.changedAt())
                ? Optional.of(Duration.between(shown.changedAt(), receivedAt))
                : Optional.empty();
    }
}
