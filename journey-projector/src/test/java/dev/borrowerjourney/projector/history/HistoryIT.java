package dev.borrowerjourney.projector.history;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.projector.RunningProjector;
import dev.borrowerjourney.projector.SnapshotFixtures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The fixtures' changes are of March 2026; what is now is for each test to say. */
class HistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration RETENTION = Duration.ofDays(100);
    private static final YearMonth MARCH = YearMonth.of(2026, 3);
    private static final RunningProjector PROJECTOR = new RunningProjector();

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void start() {
        PROJECTOR.start("--projector.history.retention=5000d");
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
    }

    @Test
    void makesThisMonthAndTwoMoreAtItsStart() {
        var now = YearMonth.now(Clock.systemUTC());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(history().months())
                .contains(now, now.plusMonths(1), now.plusMonths(2)));
    }

    @Test
    void bringsChangesIntoTheirMonth() {
        tell();
        job("2026-03-20T00:00:00Z").run();

        assertThat(history().months()).contains(MARCH);
        assertThat(rows("journey_change_2026_03")).isEqualTo(2);
        assertThat(timeline()).containsExactly(1L, 2L);

        PROJECTOR.send(journey.webhook(3, "PROFILE_SUBMITTED", null), headers("c3"));
        await().atMost(PATIENCE).until(() -> rows("journey_change_2026_03") == 3);
    }

    @Test
    void dropsMonthOverItsRetention() {
        tell();
        job("2026-03-20T00:00:00Z").run();
        awaitNoted();

        job("2026-07-01T00:00:00Z").run();
        assertThat(timeline()).containsExactly(1L, 2L);
        job("2026-08-01T00:00:00Z").run();
        assertThat(timeline()).isEmpty();
        assertThat(history().months()).doesNotContain(MARCH);
    }

    @Test
    void dropsWhatIsOfNoMonthToo() {
        tell();
        awaitNoted();

        job("2026-08-01T00:00:00Z").run();

        assertThat(timeline()).isEmpty();
    }

    /** Twice as long as the log could tell the same again. */
    @Test
    void forgetsWhyJourneysWereDueAfterSixtyDays() {
        PROJECTOR.send(journey.webhook(7, "STARTED", null), headers("c1"));
        PROJECTOR.send(journey.webhook(7, "PROFILE_REQUIRED", null), headers("c2"));
        await().atMost(PATIENCE).until(() -> rows("due_journey") == 1);

        job("2026-05-04T09:00:00Z").run();
        assertThat(rows("due_journey")).isEqualTo(1);
        job("2026-05-04T11:00:00Z").run();
        assertThat(rows("due_journey")).isZero();
    }

    /** Whoever reads the topic must see every change, however late it is published. */
    @Test
    void keepsWhatIsNotPublished() {
        tell();
        job("2026-03-20T00:00:00Z").run();
        PROJECTOR.stop();
        PROJECTOR.owner().update("UPDATE projection_offset SET published_position = 0");

        job("2026-08-01T00:00:00Z").run();
        assertThat(timeline()).containsExactly(1L, 2L);

        PROJECTOR.start();
    }

    private void tell() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        await().atMost(PATIENCE).until(() -> timeline().size() == 2);
    }

    /** Until the database knows that all is published. */
    private static void awaitNoted() {
        await().atMost(PATIENCE).until(() -> PROJECTOR
                .owner()
                .queryForList(
                        "SELECT partition FROM projection_offset WHERE published_position < last_position",
                        Integer.class)
                .isEmpty());
    }

    private List<Long> timeline() {
        return PROJECTOR
                .reader()
                .queryForList(
                        "SELECT version FROM journey.timeline WHERE journey_key = ? ORDER BY version",
                        Long.class,
                        journey.journeyKey());
    }

    private long rows(String table) {
        var count = PROJECTOR
                .owner()
                .queryForObject(
                        "SELECT count(*) FROM " + table + " WHERE journey_key = ?", Long.class, journey.journeyKey());
        return count == null ? 0 : count;
    }

    private static HistoryJob job(String now) {
        return new HistoryJob(history(), RETENTION, Clock.fixed(Instant.parse(now), ZoneOffset.UTC));
    }

    private static PostgresHistory history() {
        var database = Objects.requireNonNull(PROJECTOR.owner().getDataSource());
        return new PostgresHistory(
                new JdbcTemplate(database), new TransactionTemplate(new DataSourceTransactionManager(database)));
    }
}
