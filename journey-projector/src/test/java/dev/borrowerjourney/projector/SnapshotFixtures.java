package dev.borrowerjourney.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.event.Instalment;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.Offer;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.serde.TrustedEvents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Snapshots of one borrower and one journey, in one line each; times are seconds after a fixed instant. */
public final class SnapshotFixtures {

    public static final Instant START = Instant.parse("2026-03-05T10:00:00Z");
    public static final JourneyDetails DETAILS = new JourneyDetails(
            "PERSONAL_LOAN",
            null,
            List.of(new Offer(
                    "offer-1",
                    "Example Lender",
                    "250000.00",
                    "INR",
                    "12.50",
                    null,
                    24,
                    "11800.00",
                    null,
                    null,
                    START.plus(2, ChronoUnit.DAYS),
                    "AVAILABLE")),
            null,
            List.of(new Instalment(1, "2026-04-05", "11800.00", null)));

    private static final PseudonymKey KEY =
            PseudonymKey.of(Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes(UTF_8)));

    static {
        TrustedEvents.trust();
    }

    public final UUID applicationId = UUID.randomUUID();
    public final String journeyId = UUID.randomUUID().toString();
    public final BorrowerKey borrower =
            KEY.borrowerKey(applicationId, UUID.randomUUID().toString());

    public String journeyKey() {
        return borrower.journeyKey(journeyId);
    }

    public static Instant at(long second) {
        return START.plusSeconds(second);
    }

    public JourneySnapshot webhook(long sequence, String status, @Nullable String nextAction) {
        return webhook(sequence, status, nextAction, null);
    }

    public JourneySnapshot webhook(
            long sequence, String status, @Nullable String nextAction, @Nullable JourneyDetails details) {
        return JourneySnapshot.newBuilder()
                .setEventId("event-" + journeyId + "-" + sequence)
                .setSource(Source.WEBHOOK)
                .setTenantId(null)
                .setApplicationId(applicationId.toString())
                .setBorrowerKey(borrower.value())
                .setSequence(sequence)
                .setSnapshotGeneratedAt(at(sequence))
                .setReceivedAt(at(sequence + 1))
                .setJourneys(List.of(observation(status, nextAction, details)))
                .build();
    }

    /** Made at another second than the sequence says. */
    public JourneySnapshot webhookMadeAt(Instant generatedAt, long sequence, String status) {
        return JourneySnapshot.newBuilder(webhook(sequence, status, null))
                .setSnapshotGeneratedAt(generatedAt)
                .setReceivedAt(generatedAt.plusSeconds(1))
                .build();
    }

    public JourneySnapshot poll(long second, String status, @Nullable String nextAction) {
        return JourneySnapshot.newBuilder()
                .setEventId("poll-" + journeyId + "-" + second)
                .setSource(Source.POLL)
                .setApplicationId(applicationId.toString())
                .setBorrowerKey(borrower.value())
                .setUpdatedAt(at(second))
                .setAnsweredAt(at(second + 1))
                .setRoundTripMillis(20)
                .setReceivedAt(at(second + 2))
                .setJourneys(List.of(observation(status, nextAction, null)))
                .build();
    }

    /** Answered and received at that second, asked 20 ms before. */
    public JourneySnapshot settlingPoll(long sequence, long second, String status) {
        return JourneySnapshot.newBuilder(poll(second, status, null))
                .setEventId("settling-" + journeyId + "-" + second)
                .setSequence(sequence)
                .setSettles("SEQUENCE_REUSED")
                .setUpdatedAt(null)
                .setAnsweredAt(at(second))
                .setReceivedAt(at(second))
                .build();
    }

    public static Headers headers(String correlationId) {
        return new EventHeaders(
                        "id",
                        "/webhook-ingest-service",
                        EventHeaders.type("journey-snapshot"),
                        null,
                        START,
                        correlationId,
                        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .toKafka();
    }

    private JourneyObservation observation(
            String status, @Nullable String nextAction, @Nullable JourneyDetails details) {
        return new JourneyObservation(journeyId, new JourneyCore(status, nextAction), details);
    }
}
