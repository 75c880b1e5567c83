package dev.borrowerjourney.session.platform;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Where a journey stands, as an answer of the platform told it.
 *
 * @param nextAction what the borrower has to do next, or null if nothing
 * @param updatedAt when status or next action last changed, by the platform's clock; null if the answer does not say
 * @param answeredAt the envelope's time, by the platform's clock; null if there is none
 * @param roundTrip from asking to the whole answer
 * @param receivedAt when the whole answer was here, by our clock
 */
public record ToldJourney(
        String journeyId,
        String status,
        @Nullable String nextAction,
        @Nullable Instant updatedAt,
        @Nullable Instant answeredAt,
        Duration roundTrip,
        Instant receivedAt) {

    private static final int LONGEST = 256;

    /**
     * The journeys that an answer speaks of, found by their shape and not by the path that was asked: the data itself, its
     * active journey, or its list.
     */
    public static List<ToldJourney> in(JsonNode answer, Duration roundTrip, Instant receivedAt) {
        var data = answer.path("data");
        var answeredAt = instant(answer, "timestamp");
        return Stream.concat(
                        Stream.of(data, data.path("activeJourney")),
                        data.path("journeys").valueStream())
                .flatMap(node -> of(node, answeredAt, roundTrip, receivedAt).stream())
                .toList();
    }

    private static Optional<ToldJourney> of(
            JsonNode node, @Nullable Instant answeredAt, Duration roundTrip, Instant receivedAt) {
        var journeyId = text(node, "journeyID");
        var status = text(node, "status");
        // What has a journey's id and no next action is a part of one, such as its repayments.
        if (journeyId == null || status == null || !node.has("nextAction")) {
            return Optional.empty();
        }
        return Optional.of(new ToldJourney(
                journeyId,
                status,
                text(node, "nextAction"),
                instant(node, "updatedAt"),
                answeredAt,
                roundTrip,
                receivedAt));
    }

    /** Null for what is no text, or none that a database keeps. */
    private static @Nullable String text(JsonNode node, String member) {
        var value = node.path(member).asString("");
        return value.isBlank() || value.length() > LONGEST || value.indexOf('\0') >= 0 ? null : value;
    }

    private static @Nullable Instant instant(JsonNode node, String member) {
        var time = node.path(member).asString("");
        if (time.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException _) {
            return null;
        }
    }

    /** When it was asked at the latest, by the platform's clock. */
    public @Nullable Instant askedAt() {
        return answeredAt == null ? null : answeredAt.minus(roundTrip);
    }
}
