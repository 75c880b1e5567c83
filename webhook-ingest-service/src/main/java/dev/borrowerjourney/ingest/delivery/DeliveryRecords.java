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

    JourneySnapshot snapshot(Authentic authentic, Snapshot snapshot) {
        var applicationId = authentic.keys().applicationId();
        return JourneySnapshot.newBuilder()
                .setEventId(snapshot.eventId())
                .setSource(Source.WEBHOOK)
                .setTenantId(authentic.keys().tenantId().toString())
                .setApplicationId(applicationId.toString())
                .setBorrowerKey(pseudonyms
                        .borrowerKey(applicationId, snapshot.borrowerExternalId())
                        .value())
                .setSchemaVersion(snapshot.schemaVersion())
                .setTrigger(snapshot.trigger())
                .setSequence(snapshot.sequence())
                .setSnapshotGeneratedAt(snapshot.generatedAt())
                .setEventAt(snapshot.eventAt())
                .setSignedAt(authentic.signedAt())
                .setLate(authentic.freshness() == Freshness.LATE || authentic.freshness() == Freshness.EARLY)
                .setSecretId(authentic.signer().id())
                .setReceivedAt(authentic.delivery().receivedAt())
                .setJourneys(snapshot.journeys())
                .setSealed(sealed(authentic, snapshot.eventId(), snapshot.borrowerExternalId()))
                .build();
    }

    QuarantinedDelivery quarantined(Authentic authentic, Illegible illegible) {
        var envelope = illegible.envelope();
        var eventId = Objects.requireNonNullElseGet(
                envelope.eventId(), () -> idOf(authentic.delivery().body()));
        return QuarantinedDelivery.newBuilder()
                .setEventId(eventId)
                .setApplicationId(authentic.keys().applicationId().toString())
                .setSecretId(authentic.signer().id())
                .setReason(illegible.reason().name())
                .setDetail(illegible.place().isEmpty() ? null : illegible.place())
                .setReceivedAt(authentic.delivery().receivedAt())
                .setSealed(sealed(authentic, eventId, envelope.borrowerExternalId()))
                .build();
    }

    private static ByteBuffer sealed(Authentic authentic, String eventId, @Nullable String borrowerExternalId) {
        var delivery = authentic.delivery();
        var open = SealedDelivery.newBuilder()
                .setBody(ByteBuffer.wrap(delivery.body()))
                .setSignature(delivery.headers().signature().verbatim())
                .setTimestamp(delivery.headers().timestamp())
                .setSha256(ByteBuffer.wrap(sha256(delivery.body())))
                .setBorrowerExternalId(borrowerExternalId)
                .build();
        return authentic
                .keys()
                .seal()
                .seal(open, authentic.keys().applicationId().toString(), eventId);
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
