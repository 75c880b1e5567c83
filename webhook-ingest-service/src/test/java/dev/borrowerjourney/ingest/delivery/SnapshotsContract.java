package dev.borrowerjourney.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.event.Source;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Snapshots} must do. */
abstract class SnapshotsContract {

    static final Instant NOW = Instant.parse("2026-03-05T16:48:30.123Z");

    final Origin origin = new Origin(UUID.randomUUID().toString(), null);
    final String eventId = "evt_" + UUID.randomUUID();

    abstract Snapshots snapshots();

    /** The snapshots with this event id that are durable now. */
    abstract List<JourneySnapshot> published(String eventId);

    abstract List<QuarantinedDelivery> quarantined(String eventId);

    @Test
    void hasTheSnapshotOnceItCompletes() {
        var snapshot = snapshot();

        snapshots().publish(snapshot, origin).block();

        assertThat(published(eventId)).containsExactly(snapshot);
    }

    /** A redelivery is another record: only the reader of the log may tell that it says nothing new. */
    @Test
    void keepsRepetitions() {
        snapshots().publish(snapshot(), origin).block();
        snapshots().publish(snapshot(), origin).block();

        assertThat(published(eventId)).hasSize(2);
    }

    @Test
    void hasTheQuarantinedDeliveryOnceItCompletes() {
        var delivery = QuarantinedDelivery.newBuilder()
                .setEventId(eventId)
                .setApplicationId(DeliveryFixtures.APPLICATION.toString())
                .setSecretId("current")
                .setReason("NOT_JSON")
                .setReceivedAt(NOW)
                .setSealed(ByteBuffer.wrap(new byte[] {1, 2}))
                .build();

        snapshots().quarantine(delivery, origin).block();

        assertThat(quarantined(eventId)).containsExactly(delivery);
    }

    @Test
    void doesNothingUntilSubscribed() {
        snapshots().publish(snapshot(), origin);

        assertThat(published(eventId)).isEmpty();
    }

    JourneySnapshot snapshot() {
        return JourneySnapshot.newBuilder()
                .setEventId(eventId)
                .setSource(Source.WEBHOOK)
                .setTenantId(DeliveryFixtures.TENANT.toString())
                .setApplicationId(DeliveryFixtures.APPLICATION.toString())
                .setBorrowerKey("borrower")
                .setSequence(7L)
                .setSnapshotGeneratedAt(NOW)
                .setReceivedAt(NOW)
                .setJourneys(List.of(
                        new JourneyObservation("journey-1", new JourneyCore("STARTED", "COMPLETE_PROFILE"), null)))
                .setSealed(ByteBuffer.wrap(new byte[] {1, 2, 3}))
                .build();
    }
}
