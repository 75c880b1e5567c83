package dev.borrowerjourney.session.reconciliation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes the records of polls. They hold nothing personal, so nothing is sealed. */
final class PollRecords {

    /** What a replica of the platform may be behind, which a settling poll does not claim to know. */
    private static final Duration REPLICA_LAG = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.shared();

    private PollRecords() {}

    /**
     * An ordinary poll, a settling one, or both in this order. A settling poll that stood alone would stand in one register
     * only, and a webhook made before it could hide for a moment what it told; without the platform's own time the ordinary
     * one would claim to be news.
     */
    static List<JourneySnapshot> of(Snapshots.Source source, ToldJourney told, @Nullable Settlement settlement) {
        var records = new ArrayList<JourneySnapshot>();
        if (settlement == null || told.updatedAt() != null) {
            var time = told.updatedAt() == null ? told.askedAt() : told.updatedAt();
            records.add(poll(source, told, time).setUpdatedAt(told.updatedAt()).build());
        }
        if (settlement != null) {
            var asked = told.askedAt();
            records.add(poll(source, told, asked == null ? null : asked.minus(REPLICA_LAG))
                    .setSequence(settlement.sequence())
                    .setSettles(settlement.cause())
                    .build());
        }
        return List.copyOf(records);
    }

    private static JourneySnapshot.Builder poll(
            Snapshots.Source source, ToldJourney told, @Nullable Instant platformTime) {
        var eventId = EventIds.poll(source.applicationId(), told.journeyId(), contentHash(Told.of(told)), platformTime);
        return JourneySnapshot.newBuilder()
                .setEventId(eventId.toString())
                .setSource(dev.borrowerjourney.schemas.event.Source.POLL)
                .setApplicationId(source.applicationId().toString())
                .setBorrowerKey(source.borrower().value())
                .setAnsweredAt(told.answeredAt())
                .setRoundTripMillis(roundTrip(told.roundTrip()))
                .setReceivedAt(told.receivedAt())
                .setJourneys(List.of(JourneyObservation.newBuilder()
                        .setJourneyId(told.journeyId())
                        .setCore(new JourneyCore(told.status(), told.nextAction()))
                        .build()));
    }

    /** Rounded up: the platform was asked no later than that says. */
    private static int roundTrip(Duration measured) {
        return (int) Math.min(Integer.MAX_VALUE, measured.plusNanos(999_999).toMillis());
    }

    private static String contentHash(Told told) {
        try {
            var canonical = JSON.createObjectNode()
                    .put("status", told.status())
                    .put("nextAction", told.nextAction())
                    .toString();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
