package dev.borrowerjourney.projector.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.RunningProjector;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class DeadLettersJobIT {

    /** No partition of the log has this number, so that nothing else writes its rows. */
    private static final int PARTITION = 4711;

    private static final long PUBLISHED = 1_000;
    private static final RunningProjector PROJECTOR = new RunningProjector();

    final JdbcTemplate jdbc = PROJECTOR.owner();

    @BeforeAll
    static void start() {
        PROJECTOR.start();
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
    }

    @BeforeEach
    void publish() {
        jdbc.update("""
                INSERT INTO projection_offset (topic_id, partition, topic, applied_offset, last_position, published_position)
                VALUES ('other', ?, 'other', 1, ?, ?)
                """, PARTITION, PUBLISHED + 1, PUBLISHED);
    }

    @AfterEach
    void clear() {
        jdbc.update("DELETE FROM dead_letter WHERE partition = ?", PARTITION);
        jdbc.update("DELETE FROM projection_offset WHERE partition = ?", PARTITION);
    }

    @Test
    void removesWhatWasKeptLongEnough() {
        insert(1, "OPEN", "31 days", "0 days");
        insert(2, "OPEN", "29 days", "0 days");
        insert(3, "REPLAYED", "8 days", "8 days");
        insert(4, "REPLAYED", "8 days", "6 days");
        insert(5, "PARKED", "9 days", "8 days");
        insert(6, "PARKED", "31 days", "1 day");

        PROJECTOR.bean(DeadLettersJob.class).prune();

        assertThat(positions()).containsExactly(2L, 4L);
    }

    /** The row is all that there is of it until it is published. */
    @Test
    void keepsWhatMayNotBePublished() {
        insert(PUBLISHED, "OPEN", "40 days", "0 days");
        insert(PUBLISHED + 1, "OPEN", "40 days", "0 days");

        PROJECTOR.bean(DeadLettersJob.class).prune();

        assertThat(positions()).containsExactly(PUBLISHED + 1);
    }

    @Test
    void removesInSmallBatches() {
        for (int position = 1; position <= 5; position++) {
            insert(position, "OPEN", "31 days", "0 days");
        }
        var letters = new PostgresDeadLetterUpkeep(jdbc);

        assertThat(letters.prune(Duration.ofDays(30), Duration.ofDays(7), 2)).isEqualTo(2);
        assertThat(positions()).hasSize(3);
        assertThat(letters.prune(Duration.ofDays(30), Duration.ofDays(7), 200)).isEqualTo(3);
        assertThat(letters.prune(Duration.ofDays(30), Duration.ofDays(7), 200)).isZero();
    }

    @Test
    void removesMoreThanOneBatchAtATime() {
        jdbc.update("""
                INSERT INTO dead_letter (partition, position, topic, topic_id, source_offset, reason, recorded_at, headers,
                                         found_at)
                SELECT ?, p, 'other', 'other', p, 'EMPTY', now(), '{}', now() - INTERVAL '31 days'
                FROM generate_series(1, 450) AS p
                """, PARTITION);

        PROJECTOR.bean(DeadLettersJob.class).prune();

        assertThat(positions()).isEmpty();
    }

    @Test
    void countsByReasonAndState() {
        var before = kept("empty", "parked");
        insert(1, "PARKED", "0 days", "0 days");
        insert(2, "OPEN", "3 days", "0 days");

        PROJECTOR.bean(DeadLettersJob.class).look();

        assertThat(kept("empty", "parked")).isEqualTo(before + 1);
        assertThat(kept("undecodable", "replayed")).isNotNegative();
        assertThat(PROJECTOR
                        .bean(MeterRegistry.class)
                        .get("projector.dead-letters.oldest-open")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo((double) Duration.ofDays(3).toSeconds());
    }

    /** A version that is gone may have known a reason that this one does not. */
    @Test
    void countsReasonsItDoesNotKnow() {
        var reason = "R" + UUID.randomUUID().toString().substring(0, 8);
        insert(1, "OPEN", "0 days", "0 days");
        jdbc.update("UPDATE dead_letter SET reason = ? WHERE partition = ?", reason, PARTITION);

        PROJECTOR.bean(DeadLettersJob.class).look();

        assertThat(kept(reason.toLowerCase(Locale.ROOT), "open")).isEqualTo(1);
    }

    /** An alert on a series that nobody makes never fires. */
    @Test
    void hasEveryMetricThatAlertsAskFor() throws Exception {
        var rules = Files.readString(Path.of("../deploy/alerts/journey-projector.yaml"));
        var metrics = PROJECTOR.management("/actuator/prometheus");

        var named =
                Pattern.compile("\\bprojector_[a-z_]+").matcher(rules).results().map(MatchResult::group);

        assertThat(named.distinct().toList()).hasSizeGreaterThan(2).allSatisfy(metric -> assertThat(metrics)
                .containsPattern("(?m)^" + metric + "[{ ]"));
    }

    private static double kept(String reason, String state) {
        return PROJECTOR
                .bean(MeterRegistry.class)
                .get("projector.dead-letters.kept")
                .tags("reason", reason, "state", state)
                .gauge()
                .value();
    }

    private List<Long> positions() {
        return Objects.requireNonNull(jdbc.queryForList(
                "SELECT position FROM dead_letter WHERE partition = ? ORDER BY position", Long.class, PARTITION));
    }

    private void insert(long position, String state, String found, String decided) {
        jdbc.update("""
                INSERT INTO dead_letter (partition, position, topic, topic_id, source_offset, reason, recorded_at, headers,
                                         found_at, state, decided_at, decided_by, decided_why)
                VALUES (?, ?, 'other', 'other', ?, 'EMPTY', now(), '{}', now() - CAST(? AS interval), ?,
                        CASE WHEN ? <> 'OPEN' THEN now() - CAST(? AS interval) END, 'sre-7', 'incident 42')
                """, PARTITION, position, position, found, state, state, decided);
    }
}
