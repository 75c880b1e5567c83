package dev.borrowerjourney.sandbox.demo.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a record of journey-snapshots says of one journey.
 *
 * @param source WEBHOOK or POLL
 * @param receivedAt when the webhook or the answer was here
 * @param writtenAt when its writer handed it to Kafka
 * @param observedAt of a poll, the time that the platform gave for the state; null if it gave none
 * @param status null if the record does not carry the state
 */
record Logged(
        Place place,
        String source,
        String eventId,
        @Nullable String correlationId,
        Instant receivedAt,
        Instant writtenAt,
        boolean late,
        @Nullable Instant observedAt,
        @Nullable String status,
        @Nullable String nextAction) {

    boolean polled() {
        return source.equals("POLL");
    }
}
