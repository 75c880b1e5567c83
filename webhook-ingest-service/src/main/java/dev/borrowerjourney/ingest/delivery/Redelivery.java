package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.secret.Watched;
import dev.borrowerjourney.ingest.delivery.Reread.Foreign;
import dev.borrowerjourney.ingest.delivery.Reread.Illegible;
import dev.borrowerjourney.ingest.delivery.Reread.Legible;
import dev.borrowerjourney.ingest.delivery.Reread.Unopened;
import dev.borrowerjourney.ingest.snapshot.Envelope;
import dev.borrowerjourney.ingest.snapshot.Reading;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.SealedDelivery;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a delivery that was kept once more, with the present reader, and makes and publishes the record that the receiver
 * would have made, with its first receipt. Whether it is authentic was decided when it came; since then the seal vouches
 * for it.
 */
public final class Redelivery {

    /** Longer than a delivery waits: nobody comes again by himself. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Watched<Map<UUID, ApplicationKeys>> keys;
    private final SnapshotReader reader;
    private final DeliveryRecords records;
    private final FreshnessRule freshness;
    private final Snapshots snapshots;

    Redelivery(
            Watched<Map<UUID, ApplicationKeys>> keys,
            SnapshotReader reader,
            DeliveryRecords records,
            FreshnessRule freshness,
            Snapshots snapshots) {
        this.keys = keys;
        this.reader = reader;
        this.records = records;
        this.freshness = freshness;
        this.snapshots = snapshots;
    }

    /** What lies in the sealed part, or empty if the application is not ours or no key of it opens the part. */
    public Optional<SealedDelivery> open(Kept kept) {
        var application = application(kept);
        if (application == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(application.seal().open(kept.sealed(), kept.applicationId(), kept.eventId()));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    public Reread read(Kept kept) {
        var application = application(kept);
        var opened = open(kept);
        if (application == null || opened.isEmpty()) {
            return new Unopened();
        }
        var body = bytes(opened.get());
        var reading = reader.read(body);
        if (differs(reading.envelope(), application)) {
            return new Foreign();
        }
        return switch (reading) {
            case Reading.Legible legible ->
                new Legible(records.snapshot(evidence(kept, application, opened.get(), body), legible.snapshot()));
            case Reading.Illegible illegible -> new Illegible(illegible.reason(), illegible.place());
        };
    }

    /** Returns once the record is durable; any exception means that it may not be. */
    public void publish(JourneySnapshot snapshot, @Nullable String correlationId, @Nullable String traceparent) {
        var origin = new Origin(
                Objects.requireNonNullElseGet(
                        correlationId, () -> UUID.randomUUID().toString()),
                traceparent);
        snapshots.publish(snapshot, origin).block(PATIENCE);
    }

    private @Nullable ApplicationKeys application(Kept kept) {
        try {
            return keys.current().get(UUID.fromString(kept.applicationId()));
        } catch (IllegalArgumentException e) {
            // Nobody but a record that was tampered with says so.
            return null;
        }
    }

    private Evidence evidence(Kept kept, ApplicationKeys application, SealedDelivery opened, byte[] body) {
        var timestamp = Objects.requireNonNullElse(opened.getTimestamp(), "");
        var signedAt = SignedAt.read(timestamp).orElse(null);
        return new Evidence(
                application,
                kept.secretId(),
                signedAt,
                freshness.judge(signedAt, kept.receivedAt()),
                kept.receivedAt(),
                body,
                Objects.requireNonNullElse(opened.getSignature(), ""),
                timestamp);
    }

    private static byte[] bytes(SealedDelivery opened) {
        var bytes = new byte[opened.getBody().remaining()];
        opened.getBody().duplicate().get(bytes);
        return bytes;
    }

    /** As the receiver decides it: an id that the body does not name cannot speak for anyone else. */
    private static boolean differs(Envelope envelope, ApplicationKeys application) {
        return differs(envelope.tenantId(), application.tenantId())
                || differs(envelope.applicationId(), application.applicationId());
    }

    private static boolean differs(@Nullable String id, UUID expected) {
        return id != null && !id.equalsIgnoreCase(expected.toString());
    }
}
