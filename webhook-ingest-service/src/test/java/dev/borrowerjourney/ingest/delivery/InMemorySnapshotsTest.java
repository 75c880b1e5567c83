package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import java.util.List;

class InMemorySnapshotsTest extends SnapshotsContract {

    final InMemorySnapshots log = new InMemorySnapshots();

    @Override
    Snapshots snapshots() {
        return log;
    }

    @Override
    List<JourneySnapshot> published(String eventId) {
        return log.published.stream()
                .filter(snapshot -> snapshot.getEventId().equals(eventId))
                .toList();
    }

    @Override
    List<QuarantinedDelivery> quarantined(String eventId) {
        return log.quarantined.stream()
                .filter(delivery -> delivery.getEventId().equals(eventId))
                .toList();
    }
}
