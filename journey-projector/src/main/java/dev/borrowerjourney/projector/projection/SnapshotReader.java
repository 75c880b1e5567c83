package dev.borrowerjourney.projector.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.projector.law.Content;
import dev.borrowerjourney.projector.law.Observation;
import dev.borrowerjourney.projector.law.Provenance;
import dev.borrowerjourney.projector.law.Source;
import dev.borrowerjourney.projector.law.Timing;
import dev.borrowerjourney.projector.state.Contents;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a decoded snapshot in the words of the law. */
final class SnapshotReader {

    /** Longer ids would not fit the database's index; the platform's are UUID-like. */
    private static final int LONGEST_ID = 256;

    private SnapshotReader() {}

    /** @throws InvalidSnapshot if a field holds what no writer of ours writes */
    static Snapshot read(SourceRecord source, JourneySnapshot snapshot) {
        if (source.key() == null
                || !Arrays.equals(source.key(), snapshot.getBorrowerKey().getBytes(UTF_8))) {
            throw new InvalidSnapshot("key");
        }
        return new Snapshot(
                borrower(snapshot),
                applicationId(snapshot),
                id("eventId", snapshot.getEventId()),
                snapshot.getReceivedAt(),
                snapshot.getSettles() == null ? null : snapshot.getReceivedAt().minus(roundTrip(snapshot)),
                snapshot.getLate(),
                header(source, EventHeaders.CORRELATION_ID),
                header(source, EventHeaders.TRACEPARENT),
                snapshot.getJourneys().stream()
                        .map(journey -> new Snapshot.Said(
                                id("journeyId", journey.getJourneyId()), observation(snapshot, journey)))
                        .toList());
    }

    private static Observation observation(JourneySnapshot snapshot, JourneyObservation journey) {
        return new Observation(
                journey.getCore() == null ? null : storable("core", Contents.of(journey.getCore())),
                journey.getDetails() == null ? null : storable("details", Contents.of(journey.getDetails())),
                timing(snapshot),
                new Provenance(source(snapshot), snapshot.getEventId(), snapshot.getReceivedAt()),
                snapshot.getSettles() != null);
    }

    /** No reader of the views could read JSON with a NUL, and the database would take it or not as the batch happens to be. */
    private static Content storable(String field, Content content) {
        if (Contents.hasNul(content)) {
            throw new InvalidSnapshot(field);
        }
        return content;
    }

    private static Timing timing(JourneySnapshot snapshot) {
        if (source(snapshot) == Source.WEBHOOK) {
            return Timing.webhook(
                    snapshot.getSequence(),
                    snapshot.getSnapshotGeneratedAt(),
                    snapshot.getEventAt(),
                    snapshot.getReceivedAt());
        }
        var roundTrip = roundTrip(snapshot);
        return snapshot.getSettles() == null
                ? Timing.poll(snapshot.getUpdatedAt(), snapshot.getAnsweredAt(), roundTrip, snapshot.getReceivedAt())
                : Timing.settlingPoll(
                        snapshot.getSequence(), snapshot.getAnsweredAt(), roundTrip, snapshot.getReceivedAt());
    }

    private static Duration roundTrip(JourneySnapshot snapshot) {
        var millis = snapshot.getRoundTripMillis();
        return Duration.ofMillis(millis == null ? 0 : millis);
    }

    private static Source source(JourneySnapshot snapshot) {
        return switch (snapshot.getSource()) {
            case WEBHOOK -> Source.WEBHOOK;
            case POLL -> Source.POLL;
            case REBUILD, UNKNOWN -> throw new InvalidSnapshot("source");
        };
    }

    private static BorrowerKey borrower(JourneySnapshot snapshot) {
        try {
            return new BorrowerKey(snapshot.getBorrowerKey());
        } catch (IllegalArgumentException e) {
            throw new InvalidSnapshot("borrowerKey");
        }
    }

    private static UUID applicationId(JourneySnapshot snapshot) {
        try {
            return UUID.fromString(snapshot.getApplicationId());
        } catch (IllegalArgumentException e) {
            throw new InvalidSnapshot("applicationId");
        }
    }

    private static String id(String field, String value) {
        if (value.isBlank() || value.length() > LONGEST_ID) {
            throw new InvalidSnapshot(field);
        }
        return value;
    }

    private static @Nullable String header(SourceRecord source, String name) {
        var value = source.headers().get(name);
        return value == null ? null : new String(value, UTF_8);
    }

    /** Names the field and never its value. */
    static final class InvalidSnapshot extends RuntimeException {
        InvalidSnapshot(String field) {
            super(field);
        }
    }
}
