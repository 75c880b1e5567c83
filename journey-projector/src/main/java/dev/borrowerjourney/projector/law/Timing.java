package dev.borrowerjourney.projector.law;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an observation stands in the law's two orders.
 *
 * @param sequence null for what has none: polls and some webhooks
 * @param time when the state was so, by the platform's clock; null is the earliest
 * @param askedTime breaks ties of time; null is the earliest
 */
public record Timing(
        @Nullable Long sequence,
        @Nullable Instant time,
        @Nullable Instant askedTime) {

    /** What a replica of the platform may be behind. */
    static final Duration REPLICA_LAG = Duration.ofSeconds(2);

    /** Of a webhook, whose asked time is its own time. */
    public static Timing webhook(
            @Nullable Long sequence,
            @Nullable Instant snapshotGeneratedAt,
            @Nullable Instant eventAt,
            Instant receivedAt) {
        var time = notAfter(receivedAt, snapshotGeneratedAt == null ? eventAt : snapshotGeneratedAt);
        return new Timing(sequence, time, time);
    }

    /** Of a poll, which orders by the state's own time if the platform tells it. */
    public static Timing poll(
            @Nullable Instant updatedAt, @Nullable Instant answeredAt, Duration roundTrip, Instant receivedAt) {
        var time = updatedAt == null ? asked(answeredAt, roundTrip) : updatedAt;
        return new Timing(null, notAfter(receivedAt, time), answeredAt);
    }

    /**
     * Of a poll that settles an anomaly: it joins the sequenced register at its own sequence, where its time lets it win.
     * It claims no more than it knows: what answered may have been behind, and a newer state that is known from elsewhere
     * stays visible.
     *
     * @param sequence of the core register it settles; null if that has none
     */
    public static Timing settlingPoll(
            @Nullable Long sequence, @Nullable Instant answeredAt, Duration roundTrip, Instant receivedAt) {
        var time = asked(answeredAt, roundTrip.plus(REPLICA_LAG));
        return new Timing(sequence, notAfter(receivedAt, time), answeredAt);
    }

    private static @Nullable Instant asked(@Nullable Instant answeredAt, Duration roundTrip) {
        return answeredAt == null ? null : answeredAt.minus(roundTrip);
    }

    private static @Nullable Instant notAfter(Instant receivedAt, @Nullable Instant time) {
        return time != null && time.isAfter(receivedAt) ? receivedAt : time;
    }
}
