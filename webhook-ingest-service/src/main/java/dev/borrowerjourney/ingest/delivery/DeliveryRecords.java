package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.ingest.delivery.FreshnessRule.Freshness;
import dev.borrowerjourney.ingest.snapshot.Reading.Illegible;
import dev.borrowerjourney.ingest.snapshot.Snapshot;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.event.SealedDelivery;
import dev.borrowerjourney.schemas.event.Source;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the records of authentic deliveries. Whatever is personal goes into the sealed part and nowhere else. */
final class DeliveryRecords {

    private final PseudonymKey pseudonyms;

    DeliveryRecords(PseudonymKey pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    JourneySnapshot snapshot(Evidence evidence, Snapshot snapshot) {
        var applicationId = evidence.keys().applicationId();
        return JourneySnapshot.newBuilder()
                .setEventId(snapshot.eventId())
                .setSource(Source.WEBHOOK)
                .setTenantId(evidence.keys().tenantId().toString())
                .setApplicationId(applicationId.toString())
                .setBorrowerKey(pseudonyms
                        .borrowerKey(applicationId, snapshot.borrowerExternalId())
                        .value())
                .setSchemaVersion(snapshot.schemaVersion())
                .setTrigger(snapshot.trigger())
                .setSequence(snapshot.sequence())
                .setSnapshotGeneratedAt(snapshot.generatedAt())
                .setEventAt(snapshot.eventAt())
                .setSignedAt(evidence.signedAt())
                .setLate(evidence.freshness() == Freshness.LATE || evidence.freshness() == Freshness.EARLY)
                .setSecretId(evidence.secretId())
                .setReceivedAt(evidence.receivedAt())
                .setJourneys(snapshot.journeys())
                .setSealed(sealed(evidence, snapshot.eventId(), snapshot.borrowerExternalId()))
                .build();
    }

    QuarantinedDelivery quarantined(Evidence evidence, Illegible illegible) {
        var envelope = illegible.envelope();
        var eventId = Objects.requireNonNullElseGet(envelope.eventId(), () -> idOf(evidence.body()));
        return QuarantinedDelivery.newBuilder()
                .setEventId(eventId)
                .setApplicationId(evidence.keys().applicationId().toString())
                .setSecretId(evidence.secretId())
                .setReason(illegible.reason().name())
                .setDetail(illegible.place().isEmpty() ? null : illegible.place())
                .setReceivedAt(evidence.receivedAt())
                .setSealed(sealed(evidence, eventId, envelope.borrowerExternalId()))
                .build();
    }

    private static ByteBuffer sealed(Evidence evidence, String eventId, @Nullable String borrowerExternalId) {
        var open = SealedDelivery.newBuilder()
                .setBody(ByteBuffer.wrap(evidence.body()))
                .setSignature(evidence.signature())
                .setTimestamp(evidence.timestamp())
                .setSha256(ByteBuffer.wrap(sha256(evidence.body())))
                .setBorrowerExternalId(borrowerExternalId)
                .build();
        return evidence.keys().seal().seal(open, evidence.keys().applicationId().toString(), eventId);
    }

    /** An id for a body that names none; the same when it is delivered again. */
    private static String idOf(byte[] body) {
        var hash = ByteBuffer.wrap(sha256(body));
        var high = (hash.getLong() & ~0xF000L) | 0x8000L;
        var low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
