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
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ProducerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/** Writes to Kafka, keyed by borrower so that one borrower's snapshots stay in order. */
final class KafkaSnapshots implements Snapshots {

    private static final String SOURCE = "/webhook-ingest-service";

    private static final Duration ASK_AGAIN = Duration.ofMillis(20);

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

    private Mono<Void> send(String topic, String key, Object value, EventHeaders headers) {
        return Mono.create(sink -> new Handover(
                        () -> new ProducerRecord<>(topic, null, key, value, headers.toKafka()), topic, sink)
                .begin());
    }

    /**
     * Brings one record to the producer, and hears what becomes of it. Does not block its subscriber. The first record of a
     * topic asks the registry for its schema, so it is offered from a thread that may wait. A producer that has no room or
     * does not know the topic's leaders at the moment says so at once, see {@link KafkaDurability}, and has not kept the
     * record: it is asked again until the subscriber loses patience.
     */
    private final class Handover {

        private final Supplier<ProducerRecord<Object, Object>> record;
        private final String topic;
        private final MonoSink<Void> sink;
        private volatile boolean wanted = true;

        Handover(Supplier<ProducerRecord<Object, Object>> record, String topic, MonoSink<Void> sink) {
            this.record = record;
            this.topic = topic;
            this.sink = sink;
        }

        void begin() {
            sink.onCancel(() -> wanted = false);
            if (begun.contains(topic)) {
                offer();
            } else {
                offerWhereItMayWait(Duration.ZERO);
            }
        }

        private void offerWhereItMayWait(Duration later) {
            Schedulers.boundedElastic().schedule(this::offer, later.toMillis(), TimeUnit.MILLISECONDS);
        }

        @SuppressWarnings(
                "FutureReturnValueIgnored") // The callback tells the same, without a thread that waits for it.
        private void offer() {
            if (!wanted) {
                return;
            }
            var answer = new Answer();
            try {
                producers.createProducer().send(record.get(), answer);
            } catch (RuntimeException e) {
                sink.error(e);
                return;
            }
            answer.returned = true;
            if (answer.taken) {
                begun.add(topic);
            }
        }

        private final class Answer implements Callback {

            private volatile boolean returned;
            private volatile boolean taken = true;

            /** A timeout before the producer has even returned is its own, and not the log's. */
            @Override
            public void onCompletion(@Nullable RecordMetadata written, @Nullable Exception failure) {
                if (failure == null) {
                    sink.success();
                } else if (!returned && failure instanceof TimeoutException) {
                    taken = false;
                    offerWhereItMayWait(ASK_AGAIN);
                } else {
                    sink.error(failure);
                }
            }
        }
    }
}
