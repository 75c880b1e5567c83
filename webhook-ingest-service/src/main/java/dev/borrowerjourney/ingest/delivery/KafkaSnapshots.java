package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** Writes to Kafka, keyed by borrower so that one borrower's snapshots stay in order. */
final class KafkaSnapshots implements Snapshots {

    private static final String SOURCE = "/webhook-ingest-service";

    private static final RetryBackoffSpec UNTIL_TAKEN =
            Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(20)).filter(NotTaken.class::isInstance);

    private final ProducerFactory<Object, Object> producers;

    /** Topics that a producer took a record for, so that it has been serialized and the registry was asked. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

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

    /**
     * Does not block the caller. The first record of a topic asks the registry for its schema, so it is sent from a thread
     * that may wait. A producer that has no room or does not know the topic's leaders at the moment says so at once, see
     * {@link KafkaDurability}, and is asked again until the caller loses patience.
     */
    private Mono<Void> send(String topic, String key, Object value, EventHeaders headers) {
        return Mono.defer(() -> {
                    var sent = Mono.<Void>create(
                            sink -> offer(new ProducerRecord<>(topic, null, key, value, headers.toKafka()), sink));
                    return begun.contains(topic) ? sent : sent.subscribeOn(Schedulers.boundedElastic());
                })
                .retryWhen(UNTIL_TAKEN);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback tells the same, without a thread that waits for it.
    private void offer(ProducerRecord<Object, Object> record, MonoSink<Void> sink) {
        var handover = new Handover(sink);
        producers.createProducer().send(record, handover);
        handover.over = true;
        if (handover.taken) {
            begun.add(record.topic());
        }
    }

    /** The producer had no room or no leader for a record, and has not kept it. */
    private static final class NotTaken extends RuntimeException {

        NotTaken(Throwable cause) {
            super(cause.getMessage(), cause, false, false);
        }
    }

    /** Hears what becomes of one record; what it hears before it is over, the producer says of itself. */
    private static final class Handover implements Callback {

        private final MonoSink<Void> sink;
        private volatile boolean over;
        private volatile boolean taken = true;

        Handover(MonoSink<Void> sink) {
            this.sink = sink;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata written, @Nullable Exception failure) {
            if (failure == null) {
                sink.success();
            } else if (failure instanceof TimeoutException && !over) {
                taken = false;
                sink.error(new NotTaken(failure));
            } else {
                sink.error(failure);
            }
        }
    }
}
