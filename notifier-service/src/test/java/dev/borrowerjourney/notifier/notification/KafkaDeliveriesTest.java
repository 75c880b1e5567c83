package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.header.EventIds;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
                samples.borrower,
                RunningNotifier.APPLICATION,
                samples.journeyId,
                number,
                "FCM",
                "LATER",
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** As Kafka's own does, it tells of missing metadata by its answer, at once; of a missing acknowledgement, later. */
    static final class Producing extends MockProducer<String, Object> {

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
            if (asked != failing) {
                return super.send(record);
            }
            return late
                    ? new CompletableFuture<RecordMetadata>().orTimeout(1, TimeUnit.SECONDS)
                    : CompletableFuture.failedFuture(new TimeoutException("no metadata"));
        }
    }
}
