package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.schemas.event.NotificationDelivered;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Publishes what became of attempts, keyed by borrower, each acknowledged by every replica that counts. Blocks. */
final class KafkaDeliveries implements AutoCloseable {

    static final int MOST_AT_ONCE = 500;

    /** So long publishing takes at the most; who leads for this time publishes alone. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String SOURCE = "/notifier-service";

    private final Supplier<Producer<String, Object>> producers;
    private @Nullable Producer<String, Object> producer;

    /** By the configured settings; what the promise rests on is not a setting. */
    KafkaDeliveries(Map<String, Object> configured, Serializer<Object> values) {
        this(producers(configured, values));
    }

    KafkaDeliveries(Supplier<Producer<String, Object>> producers) {
        this.producers = producers;
    }

    private static Supplier<Producer<String, Object>> producers(
            Map<String, Object> configured, Serializer<Object> values) {
        var settings = new HashMap<>(configured);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 3_000);
        settings.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return () -> new KafkaProducer<>(settings, new StringSerializer(), values);
    }

    /**
     * How far it went.
     *
     * @param acknowledged all up to the first one that no broker has acknowledged
     * @param refused the one behind them, if no broker will ever take it; null if there is none
     * @param trouble why it went no further; null if it went to the end, or to one that is refused
     */
    record Progress(
            List<Attempted> acknowledged,
            @Nullable Refused refused,
            @Nullable Exception trouble) {}

    /** @param reason in few words, none of them the record's */
    record Refused(Attempted attempt, String reason) {}

    /**
     * Publishes them in their order. What goes wrong is part of the answer: what went before is acknowledged all the same,
     * and of what comes after nothing is sent any more, as it will be published again behind the one that failed.
     */
    Progress publish(List<Attempted> attempts) throws InterruptedException {
        var progress = attempt(attempts);
        var trouble = progress.trouble();
        if (trouble == null || !KafkaRefusal.blamesRecord(trouble)) {
            return progress;
        }
        // Once more, by itself and by a new producer, for it is passed over for good.
        var suspect = attempts.get(progress.acknowledged().size());
        var alone = attempt(List.of(suspect)).trouble();
        if (alone == null) {
            return new Progress(attempts.subList(0, progress.acknowledged().size() + 1), null, null);
        }
        return KafkaRefusal.blamesRecord(alone)
                ? new Progress(progress.acknowledged(), new Refused(suspect, KafkaRefusal.reason(alone)), null)
                : new Progress(progress.acknowledged(), null, alone);
    }

    private Progress attempt(List<Attempted> attempts) throws InterruptedException {
        var deadline = System.nanoTime() + 2 * PATIENCE.toNanos();
        var answers = new ArrayList<Future<RecordMetadata>>();
        Exception trouble = null;
        int acknowledged = 0;
        try {
            send(attempts, answers, deadline);
        } catch (RuntimeException e) {
            trouble = e;
        }
        try {
            for (var answer : answers) {
                answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                acknowledged++;
            }
        } catch (ExecutionException | TimeoutException e) {
            trouble = e;
        } finally {
            if (acknowledged < attempts.size()) {
                close();
            }
        }
        return new Progress(attempts.subList(0, acknowledged), null, trouble);
    }

    /** Up to the first that fails at once, as each does that waited in vain for metadata: the others would wait, too. */
    private void send(List<Attempted> attempts, List<Future<RecordMetadata>> answers, long deadline) {
        var producer = producer();
        for (var attempt : attempts) {
            var answer = producer.send(record(attempt));
            answers.add(answer);
            if (answer.state() == Future.State.FAILED || System.nanoTime() - deadline >= 0) {
                return;
            }
        }
    }

    /** Whatever is not acknowledged yet is not sent: it is not noted as published either. */
    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private static ProducerRecord<String, Object> record(Attempted attempt) {
        var id = EventIds.delivery(attempt.changeId(), attempt.deviceId(), attempt.attempt())
                .toString();
        var delivered = NotificationDelivered.newBuilder()
                .setDeliveryId(id)
                .setChangeId(attempt.changeId().toString())
                .setBorrowerKey(attempt.borrowerKey())
                .setApplicationId(attempt.applicationId().toString())
                .setJourneyId(attempt.journeyId())
                .setVersion(attempt.version())
                .setDeviceId(attempt.deviceId())
                .setChannel(attempt.channel())
                .setOutcome(attempt.outcome())
                .setAttempt(attempt.attempt())
                .setDueAt(attempt.dueAt().truncatedTo(ChronoUnit.MILLIS))
                .setCompletedAt(attempt.completedAt().truncatedTo(ChronoUnit.MILLIS))
                .build();
        var headers = new EventHeaders(
                id,
                SOURCE,
                EventHeaders.type("notification-delivered"),
                attempt.journeyId(),
                attempt.completedAt(),
                null,
                null);
        return new ProducerRecord<>(
                TopicCatalogue.NOTIFICATION_DELIVERIES, null, attempt.borrowerKey(), delivered, headers.toKafka());
    }

    /** Made late, because a broker whose name cannot be resolved yet refuses to have a client. */
    private synchronized Producer<String, Object> producer() {
        if (producer == null) {
            producer = producers.get();
        }
        return producer;
    }
}
