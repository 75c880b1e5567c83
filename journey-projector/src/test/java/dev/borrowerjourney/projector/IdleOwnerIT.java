package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.HealthIndicator;

/** What the owner of a partition has to notice and tell while no record reaches it. */
class IdleOwnerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RunningProjector PROJECTOR = new RunningProjector();

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void start() {
        PROJECTOR.start();
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
    }

    /** A failover that lost commits may find the partition quiet, and its journeys must not stay lost until a record comes. */
    @Test
    void restoresWhatTheDatabaseLost() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        var sent = PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        awaitPublished(2);

        PROJECTOR.owner().execute("""
                DELETE FROM journey WHERE partition = %1$d;
                DELETE FROM journey_change WHERE partition = %1$d;
                DELETE FROM dead_letter WHERE partition = %1$d;
                DELETE FROM projection_offset WHERE partition = %1$d
                """.formatted(sent.partition()));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(PROJECTOR
                        .reader()
                        .queryForList(
                                "SELECT version FROM journey.current_journey WHERE journey_key = ?",
                                Long.class,
                                journey.journeyKey()))
                .containsExactly(2L));
        assertThat(published()).containsExactly(1L, 2L);
    }

    /** Who writes beside the log takes the next position, too, and does not publish by itself. */
    @Test
    void publishesWhatWasWrittenBesideTheLog() {
        var sent = PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        awaitPublished(1);

        PROJECTOR.owner().execute("""
                UPDATE projection_offset SET last_position = last_position + 1 WHERE partition = %1$d;
                INSERT INTO journey_change
                SELECT journey_key, 2, borrower_key, application_id, journey_id, after,
                       jsonb_set(after::jsonb, '{status}', '"EXPIRED"'), 'REBUILD', platform_at, changed_at, confirmed_at,
                       fresh_as_of, stale, event_id, correlation_id, traceparent, topic_id, partition, source_offset,
                       (SELECT last_position FROM projection_offset WHERE partition = %1$d)
                FROM journey_change
                WHERE journey_key = '%2$s';
                UPDATE journey SET version = 2, status = 'EXPIRED', source = 'REBUILD' WHERE journey_key = '%2$s'
                """.formatted(sent.partition(), journey.journeyKey()));

        awaitPublished(2);
        assertThat(published()).containsExactly(1L, 2L);
    }

    /** A quiet night is no reason to be restarted. */
    @Test
    void isSeenAliveWhileNothingArrives() {
        var liveness = PROJECTOR.bean("consumerHealthIndicator", HealthIndicator.class);

        await().atMost(PATIENCE).during(Duration.ofSeconds(8)).until(() -> {
            var health = Objects.requireNonNull(liveness.health(true));
            return Long.parseLong(String.valueOf(health.getDetails().get("unseenSeconds"))) < 5;
        });
    }

    /** What waits in an outage of the database must not look like a partition that has nothing to do. */
    @Test
    void tellsLagWhilePaused() throws SQLException {
        var sent = PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        awaitPublished(1);
        var source = Objects.requireNonNull(PROJECTOR.owner().getDataSource());
        try (var holder = source.getConnection();
                var lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("SELECT FROM projection_offset WHERE partition = %d FOR UPDATE".formatted(sent.partition()));
            PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));

            await().atMost(PATIENCE).until(() -> gauge("projector.lag.records") == 1);
            assertThat(gauge("projector.lag.age")).isBetween(0.001, PATIENCE.toSeconds() + 10.0);
            await().atMost(PATIENCE).until(() -> gauge("projector.lag.standstill") > 2);
            holder.rollback();
        }

        await().atMost(PATIENCE).until(() -> gauge("projector.lag.records") == 0);
        assertThat(gauge("projector.lag.standstill")).isZero();
        awaitPublished(2);
    }

    private static double gauge(String name) {
        return PROJECTOR.bean(MeterRegistry.class).get(name).gauge().value();
    }

    private void awaitPublished(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published()).hasSizeGreaterThanOrEqualTo(count));
    }

    private List<Long> published() {
        return PROJECTOR.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(record -> (JourneyChanged) record.value())
                .filter(change -> change.getJourneyId().equals(journey.journeyId))
                .map(JourneyChanged::getVersion)
                .toList();
    }
}
