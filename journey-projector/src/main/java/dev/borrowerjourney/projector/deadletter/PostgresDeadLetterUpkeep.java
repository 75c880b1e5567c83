package dev.borrowerjourney.projector.deadletter;

import java.sql.ResultSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts dead letters and removes the old ones. */
final class PostgresDeadLetterUpkeep {

    private final JdbcTemplate jdbc;

    PostgresDeadLetterUpkeep(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param reason as the table has it: another version may know more of them */
    record Kind(String reason, State state) {}

    Map<Kind, Long> counts() {
        var counts = new HashMap<Kind, Long>();
        jdbc.query(
                "SELECT reason, state, count(*) FROM journey.dead_letter GROUP BY reason, state", (ResultSet row) -> {
                    counts.put(new Kind(row.getString(1), State.valueOf(row.getString(2))), row.getLong(3));
                });
        return counts;
    }

    /** How long the open one that was found first has been waiting; zero if there is none. */
    Duration oldestOpen() {
        var seconds = jdbc.queryForObject("""
                SELECT coalesce(extract(epoch FROM now() - min(found_at)), 0)::bigint
                FROM journey.dead_letter
                WHERE state = 'OPEN'
                """, Long.class);
        return Duration.ofSeconds(Objects.requireNonNull(seconds));
    }

    /**
     * Removes at most so many that were kept long enough, never one that may not be published yet, and none that another
     * instance is removing.
     */
    int prune(Duration retention, Duration decidedRetention, int most) {
        return jdbc.update("""
                DELETE FROM journey.dead_letter
                WHERE (partition, position) IN (
                    SELECT d.partition, d.position
                    FROM journey.dead_letter d
                    WHERE (d.found_at < now() - make_interval(secs => ?)
                           OR d.decided_at < now() - make_interval(secs => ?))
                      AND d.position <= (SELECT max(o.published_position)
                                         FROM journey.projection_offset o
                                         WHERE o.partition = d.partition)
                    LIMIT ?
                    FOR UPDATE SKIP LOCKED)
                """, retention.toSeconds(), decidedRetention.toSeconds(), most);
    }
}
