package dev.borrowerjourney.sandbox.demo.operator;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events of one journey, at so many milliseconds after a fixed time. */
final class Events {

    static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private Events() {}

    static Instant at(long millis) {
        return BEGIN.plusMillis(millis);
    }

    static Told told(String journeyId, long position, String status, String delivery) {
        return new Told(
                position,
                journeyId,
                "borrower of " + journeyId,
                "application",
                eventId(journeyId, position),
                1_000 + position,
                status,
                null,
                "journey.updated",
                at(position * 1_000),
                delivery,
                List.of(),
                delivery.equals("LOST") ? null : at(position * 1_000 + 1),
                null);
    }

    static String eventId(String journeyId, long position) {
        return "evt_" + journeyId + "_" + position;
    }

    static Logged webhook(String journeyId, long position, long offset, String status) {
        return logged("WEBHOOK", eventId(journeyId, position), offset, status, at(position * 1_000 + 2), null);
    }

    static Logged poll(long offset, String status, Instant observedAt, Instant receivedAt) {
        return logged("POLL", "poll " + offset, offset, status, receivedAt, observedAt);
    }

    private static Logged logged(
            String source,
            String eventId,
            long offset,
            String status,
            Instant receivedAt,
            @Nullable Instant observedAt) {
        return new Logged(
                snapshots(offset),
                source,
                eventId,
                "flow of " + eventId,
                receivedAt,
                receivedAt.plusMillis(1),
                false,
                observedAt,
                status,
                null);
    }

    static Published published(long version, Logged cause) {
        return new Published(
                new Place(TopicCatalogue.JOURNEY_CHANGES, 3, 100 + version),
                version,
                String.valueOf(cause.status()),
                null,
                cause.source(),
                cause.place(),
                cause.eventId(),
                cause.receivedAt(),
                cause.writtenAt().plusMillis(2),
                cause.correlationId());
    }

    static Projected projected(long version, Logged cause) {
        return projected(version, cause.source(), cause);
    }

    static Projected projected(long version, String source, Logged cause) {
        return new Projected(
                version,
                String.valueOf(cause.status()),
                null,
                source,
                cause.place(),
                cause.eventId(),
                cause.correlationId(),
                cause.receivedAt(),
                cause.writtenAt().plusMillis(1));
    }

    static Place snapshots(long offset) {
        return new Place(TopicCatalogue.JOURNEY_SNAPSHOTS, 3, offset);
    }
}
