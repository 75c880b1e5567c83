package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** A log in memory, which tests may make fail or hang. */
class InMemorySnapshots implements Snapshots {

    final List<JourneySnapshot> published = new CopyOnWriteArrayList<>();
    final List<QuarantinedDelivery> quarantined = new CopyOnWriteArrayList<>();
    volatile Mono<Void> acknowledgement = Mono.empty();

    @Override
    public Mono<Void> publish(JourneySnapshot snapshot, Origin origin) {
        return acknowledgement.then(Mono.fromRunnable(() -> published.add(snapshot)));
    }

    @Override
    public Mono<Void> quarantine(QuarantinedDelivery delivery, Origin origin) {
        return acknowledgement.then(Mono.fromRunnable(() -> quarantined.add(delivery)));
    }
}
