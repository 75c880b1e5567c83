package dev.borrowerjourney.notifier.notification;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** With a database that has a mind of its own. */
class KafkaOccasionsIT {

    final Scene scene = new Scene();
    final Samples samples = new Samples();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** No index keeps a text of that length; a partition that stood still before it would never go on. */
    @Test
    void passesOverWhatTheDatabaseNeverKeeps() {
        scene.register(samples);
        var random = RandomGenerator.getDefault();
        var endless = IntStream.range(0, 5_000)
                .mapToObj(_ -> String.valueOf((char) ('\u4e00' + random.nextInt(20_000))))
                .collect(Collectors.joining());
        var changes = List.of(change("jrn_before", 2), change(endless, 3), change("jrn_after", 4));
        var hearing = new KafkaOccasions(
                (_, number) -> changes.get(number[0]),
                Settings.occasions(),
                scene.notifications,
                new NotificationMetrics(meters),
                Clock.systemUTC());

        hearing.onMessage(List.of(record(0), record(1), record(2)));

        assertThat(scene.jdbc
                        .sql("SELECT version FROM notification WHERE device_id = ? ORDER BY version")
                        .param(samples.deviceId)
                        .query(Long.class)
                        .list())
                .containsExactly(2L, 4L);
        assertThat(meters.get("notifier.notification.heard")
                        .tag("outcome", "UNREADABLE")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private JourneyChanged change(String journeyId, long version) {
        return Changes.change(samples.borrower, APPLICATION, journeyId, version, "REJECTED");
    }

    private ConsumerRecord<String, byte[]> record(int number) {
        return new ConsumerRecord<>(
                TopicCatalogue.JOURNEY_CHANGES, 0, number, samples.borrower.value(), new byte[] {(byte) number});
    }
}
