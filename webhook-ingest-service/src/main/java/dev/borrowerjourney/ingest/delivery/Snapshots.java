package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import reactor.core.publisher.Mono;

/** Where authentic deliveries go. Subscribing does not block. */
interface Snapshots {

    /** Completes once the snapshot is durable; any error means that it may not be. */
    Mono<Void> publish(JourneySnapshot snapshot, Origin origin);

    /** Completes once the delivery is kept for an operator; any error means that it may not be. */
    Mono<Void> quarantine(QuarantinedDelivery delivery, Origin origin);
}
