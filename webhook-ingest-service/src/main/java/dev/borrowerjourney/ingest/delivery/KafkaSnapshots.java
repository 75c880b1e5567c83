package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.ProducerFactory;
import reactor.core.publisher.Mono;

/** Writes to Kafka, keyed by borrower so that one borrower's snapshots stay in order. */
final class KafkaSnapshots implements Snapshots {

    private static final String SOURCE = "/webhook-ingest-service";

    private final ProducerFactory<Object, Object> producers;

    KafkaSnapshots(ProducerFactory<Object, Object> producers) {
        this.producers = producers;
    }

    @Override
    public Mono<Void> publish(JourneySnapshot snapshot, Origin origin) {
        var generated = Objects.requireNonNullElse(snapshot.getSnapshotGeneratedAt(), snapshot.getReceivedAt());
        var time = snapshot.getSnapshotGeneratedAt() == null && snapshot.getEventAt() != null
                ? snapshot.getEventAt()
                : generated;
        return send(
                TopicCatalogue.JOURNEY_SNAPSHOTS,
                snapshot.getBorrowerKey(),
                snapshot,
                headers(snapshot.getEventId(), "journey-snapshot", time, origin));
    }

    @Override
    public Mono<Void> quarantine(QuarantinedDelivery delivery, Origin origin) {
        return send(
                TopicCatalogue.QUARANTINE,
                delivery.getEventId(),
                delivery,
                headers(delivery.getEventId(), "quarantined-delivery", delivery.getReceivedAt(), origin));
    }

    private static EventHeaders headers(String eventId, String event, Instant time, Origin origin) {
        return new EventHeaders(
                eventId, SOURCE, EventHeaders.type(event), null, time, origin.correlationId(), origin.traceparent());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells the same, without a thread that waits for it.
    private Mono<Void> send(String topic, String key, Object value, EventHeaders headers) {
        return Mono.fromFuture(() -> {
            var acknowledged = new CompletableFuture<Void>();
            producers
                    .createProducer()
                    .send(new ProducerRecord<>(topic, null, key, value, headers.toKafka()), (_, failure) -> {
                        if (failure == null) {
                            acknowledged.complete(null);
                        } else {
                            acknowledged.completeExceptionally(failure);
                        }
                    });
            return acknowledged;
        });
    }
}
