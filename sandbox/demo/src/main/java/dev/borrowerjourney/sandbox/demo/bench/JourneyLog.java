package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyDetails;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.Offer;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Snapshots of some journeys, and what must come of them, computed while they are made and not by the projector's code. The
 * journeys take turns; seven snapshots of ten change what is visible, three say it again under the next sequence.
 */
public final class JourneyLog {

    private static final List<String> STATUSES = List.of(
            "STARTED",
            "PROFILE_REQUIRED",
            "PROFILE_SUBMITTED",
            "OFFERS_PENDING",
            "OFFERS_AVAILABLE",
            "OFFER_SELECTED",
            "AA_REQUIRED",
            "KYC_PENDING",
            "BANK_MANDATE_PENDING",
            "E_MANDATE_PENDING",
            "LOAN_AGREEMENT_PENDING",
            "LENDER_PROCESSING");

    private static final int SEALED_BYTES = 1_100;
    private static final double CHANGING = 0.7;

    private final UUID applicationId = UUID.randomUUID();
    private final PseudonymKey pseudonyms = PseudonymKey.of(Base64.getEncoder().encodeToString(new byte[32]));
    private final Serializer<Object> serializer;
    private final Random random;
    private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final Map<String, Expected> expected = new HashMap<>();
    private long bytes;

    /** How a journey must stand once the whole log is applied. */
    public record Expected(long version, String status) {}

    public JourneyLog(Serializer<Object> serializer, int journeys, int snapshots, long seed) {
        this.serializer = serializer;
        this.random = new Random(seed);
        var borrowers = new ArrayList<String>();
        for (int i = 0; i < journeys; i++) {
            borrowers.add(UUID.randomUUID().toString());
        }
        for (int sequence = 1; sequence <= snapshots; sequence++) {
            for (var journeyId : borrowers) {
                add(journeyId, sequence);
            }
        }
    }

    public List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** By journey key. */
    public Map<String, Expected> expected() {
        return expected;
    }

    public long changes() {
        return expected.values().stream().mapToLong(Expected::version).sum();
    }

    int bytesEach() {
        return (int) (bytes / records.size());
    }

    private void add(String journeyId, int sequence) {
        var borrower = pseudonyms.borrowerKey(applicationId, journeyId);
        var key = borrower.journeyKey(journeyId);
        var before = expected.getOrDefault(key, new Expected(0, ""));
        boolean changes = sequence == 1 || random.nextDouble() < CHANGING;
        var now = changes
                ? new Expected(before.version() + 1, STATUSES.get((int) (before.version() % STATUSES.size())))
                : before;
        expected.put(key, now);
        var value = serializer.serialize(
                TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot(borrower.value(), journeyId, sequence, now.status()));
        bytes += value.length;
        var headers = new EventHeaders(
                eventId(journeyId, sequence),
                "/webhook-ingest-service",
                EventHeaders.type("journey-snapshot"),
                null,
                Instant.now(),
                UUID.randomUUID().toString(),
                null);
        records.add(new ProducerRecord<>(
                TopicCatalogue.JOURNEY_SNAPSHOTS, null, borrower.value().getBytes(UTF_8), value, headers.toKafka()));
    }

    private static String eventId(String journeyId, int sequence) {
        return "evt_" + journeyId + "_" + sequence;
    }

    private JourneySnapshot snapshot(String borrowerKey, String journeyId, int sequence, String status) {
        var sealed = new byte[SEALED_BYTES];
        random.nextBytes(sealed);
        var now = Instant.now();
        return JourneySnapshot.newBuilder()
                .setEventId(eventId(journeyId, sequence))
                .setSource(Source.WEBHOOK)
                .setTenantId(null)
                .setApplicationId(applicationId.toString())
                .setBorrowerKey(borrowerKey)
                .setSchemaVersion("1.0.0")
                .setSequence((long) sequence)
                .setSnapshotGeneratedAt(now)
                .setReceivedAt(now)
                .setJourneys(List.of(new JourneyObservation(
                        journeyId,
                        new JourneyCore(status, "WAIT"),
                        new JourneyDetails("PERSONAL_LOAN", "Example Lender", offers(journeyId), null, null))))
                .setSealed(ByteBuffer.wrap(sealed))
                .build();
    }

    private static List<Offer> offers(String journeyId) {
        var offers = new ArrayList<Offer>();
        for (int number = 1; number <= 3; number++) {
            offers.add(new Offer(
                    journeyId + "-" + number,
                    "Lender " + number,
                    number + "50000.00",
                    "INR",
                    "12.50",
                    "14.10",
                    24,
                    "11800.00",
                    "2500.00",
                    "https://lender.example/key-facts/" + number,
                    Instant.parse("2027-01-31T00:00:00Z"),
                    "AVAILABLE"));
        }
        return offers;
    }
}
