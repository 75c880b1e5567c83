package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.notification.KafkaDeliveries.Refused;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.event.NotificationDelivered;
import dev.borrowerjourney.schemas.header.EventIds;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.ConnectException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** With a broker that takes some and then no more. */
class KafkaDeliveriesTest {

    final Samples samples = new Samples();
    final List<Attempted> attempts =
            IntStream.rangeClosed(1, 500).mapToObj(this::attempt).toList();
    Producing last = new Producing(0, false);
    int made;
    int refused;
    Exception failure = new TimeoutException("no metadata");

    /** Each of 500 would wait for the same metadata, and one that got it would overtake those before it. */
    @Test
    void sendsNothingBehindOneThatCouldNotBeSent() throws InterruptedException {
        try (var topic = topic(3, false)) {
            var progress = topic.publish(attempts);

            assertThat(progress.acknowledged()).isEqualTo(attempts.subList(0, 2));
            assertThat(progress.trouble()).hasMessageContaining("metadata");
            assertThat(last.asked).isEqualTo(3);
        }
    }

    /** What still lies in the buffer of the producer would overtake what is sent again. */
    @Test
    void dropsTheProducerBehindOneThatWasNotAcknowledged() throws InterruptedException {
        try (var topic = topic(3, true)) {
            assertThat(topic.publish(attempts).acknowledged()).hasSize(2);
            assertThat(last.closed()).isTrue();

            topic.publish(attempts.subList(2, 4));
            assertThat(made).isEqualTo(2);
        }
    }

    @Test
    void keepsTheProducerWhileAllGoesWell() throws InterruptedException {
        try (var topic = topic(0, false)) {
            assertThat(topic.publish(attempts).acknowledged()).isEqualTo(attempts);
            assertThat(topic.publish(attempts).trouble()).isNull();
            assertThat(made).isEqualTo(1);
        }
    }

    @Test
    void namesOneThatNoBrokerTakes() throws InterruptedException {
        try (var topic = refusing(3, new RecordTooLargeException("too large"))) {
            var progress = topic.publish(attempts);

            assertThat(progress.acknowledged()).isEqualTo(attempts.subList(0, 2));
            assertThat(progress.refused()).isEqualTo(new Refused(attempts.get(2), "RecordTooLargeException"));
            assertThat(progress.trouble()).isNull();
        }
    }

    @Test
    void namesOneThatCannotBeWritten() throws InterruptedException {
        try (var topic = refusing(3, new SerializationException("Error", new AvroRuntimeException("no such value")))) {
            assertThat(topic.publish(attempts).refused())
                    .isEqualTo(new Refused(attempts.get(2), "AvroRuntimeException"));
        }
    }

    /** All records would be passed over while the registry is away. */
    @Test
    void waitsForTheRegistry() throws InterruptedException {
        for (var trouble :
                List.of(new ConnectException("refused"), new RestClientException("no such schema", 404, 40403))) {
            try (var topic = refusing(3, new SerializationException("Error", trouble))) {
                var progress = topic.publish(attempts);

                assertThat(progress.refused()).isNull();
                assertThat(progress.trouble()).hasRootCause(trouble);
            }
        }
    }

    /** A clock that is wrong has each outcome refused, and a peer would publish them all. */
    @Test
    void blamesNoRecordForTheTimeOfItsClock() throws InterruptedException {
        for (var trouble : List.of(
                new InvalidTimestampException("out of range"),
                new InvalidRecordException("out of range"),
                new KafkaException("in one batch with one that is out of range"))) {
            try (var topic = refusing(3, trouble)) {
                var progress = topic.publish(attempts);

                assertThat(progress.acknowledged()).isEqualTo(attempts.subList(0, 2));
                assertThat(progress.refused()).isNull();
                assertThat(progress.trouble()).hasRootCause(trouble);
            }
        }
    }

    /** What is passed over is so for good, and the topic may allow larger ones by now. */
    @Test
    void sendsOnceMoreByItselfWhatWasRefused() throws InterruptedException {
        try (var topic = topic(3, false)) {
            failure = new RecordTooLargeException("too large");
            var progress = topic.publish(attempts);

            assertThat(progress.refused()).isNull();
            assertThat(progress.trouble()).isNull();
            assertThat(progress.acknowledged()).isEqualTo(attempts.subList(0, 3));
        }
    }

    /** Each producer of which refuses that attempt, and no other. */
    private KafkaDeliveries refusing(int number, Exception refusal) {
        failure = refusal;
        refused = number;
        return topic(0, false);
    }

    private KafkaDeliveries topic(int failing, boolean late) {
        return new KafkaDeliveries(() -> {
            made++;
            last = new Producing(failing, late);
            return last;
        });
    }

    private Attempted attempt(int number) {
        return new Attempted(
                number,
                EventIds.change(samples.borrower, samples.journeyId, number),
                samples.deviceId,
                number,
                samples.borrower.value(),
                RunningNotifier.APPLICATION,
                samples.journeyId,
                number,
                "FCM",
                "LATER",
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** As Kafka's own does, it tells of missing metadata by its answer, at once; of a missing acknowledgement, later. */
    final class Producing extends MockProducer<String, Object> {

        final int failing;
        final boolean late;
        int asked;

        Producing(int failing, boolean late) {
            super(true, null, new StringSerializer(), (_, _) -> new byte[0]);
            this.failing = failing;
            this.late = late;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, Object> record) {
            asked++;
            if (asked != failing && ((NotificationDelivered) record.value()).getAttempt() != refused) {
                return super.send(record);
            }
            if (failure instanceof SerializationException unwritten) {
                throw unwritten;
            }
            return late
                    ? new CompletableFuture<RecordMetadata>().orTimeout(1, TimeUnit.SECONDS)
                    : CompletableFuture.failedFuture(failure);
        }
    }
}
