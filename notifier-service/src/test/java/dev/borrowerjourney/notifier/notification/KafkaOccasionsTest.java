package dev.borrowerjourney.notifier.notification;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With a database that is away. */
class KafkaOccasionsTest {

    final Instant now = Instant.now();
    final Samples samples = new Samples();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void tellsHowFarBehindItIsUntilTheChangeIsWrittenDown() {
        assertThatThrownBy(() -> hearing("REJECTED").onMessage(record())).isInstanceOf(DataAccessException.class);
        assertThat(meters.get("notifier.notification.behind").gauge().value()).isEqualTo(90);
    }

    @Test
    void needsNoDatabaseForWhatCallsForNothing() {
        hearing("OFFERS_PENDING").onMessage(record());

        assertThat(meters.get("notifier.notification.behind").gauge().value()).isZero();
    }

    private KafkaOccasions hearing(String status) {
        var nowhere = new PGSimpleDataSource();
        nowhere.setURL("jdbc:postgresql://127.0.0.1:9/none");
        var change = Changes.change(samples.borrower, APPLICATION, samples.journeyId, 1, status);
        return new KafkaOccasions(
                (_, _) -> change,
                Settings.occasions(),
                new PostgresNotifications(JdbcClient.create(nowhere)),
                new NotificationMetrics(meters),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private List<ConsumerRecord<String, byte[]>> record() {
        return List.of(new ConsumerRecord<>(
                TopicCatalogue.JOURNEY_CHANGES,
                0,
                0,
                now.minus(Duration.ofSeconds(90)).toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                samples.borrower.value(),
                new byte[0],
                new RecordHeaders(),
                Optional.empty()));
    }
}
