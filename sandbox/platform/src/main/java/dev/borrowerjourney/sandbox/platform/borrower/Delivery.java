package dev.borrowerjourney.sandbox.platform.borrower;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a snapshot's webhook.
 *
 * @param firstSentAt when the first attempt began
 * @param nextAttemptAt null before the first attempt and once nothing more will be sent
 * @param body what was signed, or would have been if it was lost at once; null once nothing more will be sent
 * @param timestamp the timestamp header of the first attempt, for retries that are not signed anew
 */
public record Delivery(
        State state,
        @Nullable Instant firstSentAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant nextAttemptAt,
        List<Attempt> attempts,
        @Nullable String body,
        @Nullable String timestamp) {

    public enum State {
        /** To be sent, or sent again. */
        PENDING,
        ACKNOWLEDGED,
        /** Never to be sent (again): webhooks were off, or nobody had subscribed. */
        LOST,
        /** Refused for as long as the platform retries. */
        GIVEN_UP
    }

    /**
     * One request.
     *
     * @param outcome the HTTP status, or what kept it from coming
     */
    public record Attempt(Instant at, String outcome) {}

    public static Delivery pending(String body) {
        return new Delivery(State.PENDING, null, null, null, List.of(), body, null);
    }

    public static Delivery lost(String body) {
        return new Delivery(State.LOST, null, null, null, List.of(), body, null);
    }

    public boolean untried() {
        return state == State.PENDING && attempts.isEmpty();
    }

    public Delivery acknowledged(Attempt attempt, Instant at) {
        Instant first = acknowledgedAt == null ? at : acknowledgedAt;
        return new Delivery(State.ACKNOWLEDGED, sentAt(attempt), first, null, plus(attempt), null, null);
    }

    public Delivery failed(Attempt attempt, String signedTimestamp, Instant retryAt) {
        if (state != State.PENDING) {
            return new Delivery(state, sentAt(attempt), acknowledgedAt, null, plus(attempt), null, null);
        }
        String kept = timestamp == null ? signedTimestamp : timestamp;
        return new Delivery(State.PENDING, sentAt(attempt), null, retryAt, plus(attempt), body, kept);
    }

    public Delivery ended(State end) {
        return new Delivery(end, firstSentAt, acknowledgedAt, null, attempts, null, null);
    }

    private Instant sentAt(Attempt attempt) {
        return firstSentAt == null ? attempt.at() : firstSentAt;
    }

    private List<Attempt> plus(Attempt attempt) {
        List<Attempt> all = new ArrayList<>(attempts);
        all.add(attempt);
        return List.copyOf(all);
    }
}
