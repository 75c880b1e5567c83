package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The journeys that are asked about, and who may ask. All times are the database's. A row is claimed only together with
 * the session that it is asked with, in one statement.
 */
class PostgresReconciliation {

    private static final String HAS_SESSION =
            "EXISTS (SELECT FROM session s WHERE s.platform_session_id = p.platform_session_id)";

    private final JdbcClient jdbc;
    private final PostgresWatched watched;
    private final String mayAsk;

    PostgresReconciliation(JdbcClient jdbc, PostgresWatched watched, boolean withoutSession) {
        this.jdbc = jdbc;
        this.watched = watched;
        this.mayAsk = withoutSession ? "true" : HAS_SESSION;
    }

    /** How many journeys are due that somebody has a session for; counts no further than asked. */
    int due(UUID applicationId, int most) {
        return jdbc.sql("""
                        SELECT count(*)
                        FROM (
                            SELECT
                            FROM reconciliation r
                            JOIN platform_session p USING (application_id, borrower_key)
                            WHERE r.application_id = :application AND r.due_at <= now()
                            AND (r.lease_until IS NULL OR r.lease_until <= now())
                            AND %s
                            LIMIT :most
                        ) AS due
                        """.formatted(mayAsk))
                .param("application", applicationId)
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    /** Claims journeys that are due, those first that somebody looks at. */
    List<Claim> claim(UUID applicationId, int most, Duration lease) {
        return jdbc.sql("""
                        UPDATE reconciliation r
                        SET lease_until = now() + :lease * INTERVAL '1 second', fence = r.fence + 1
                        FROM (
                            SELECT c.journey_key, p.platform_session_id
                            FROM reconciliation c
                            JOIN platform_session p USING (application_id, borrower_key)
                            WHERE c.application_id = :application AND c.due_at <= now()
                            AND (c.lease_until IS NULL OR c.lease_until <= now())
                            AND %s
                            ORDER BY c.urgent DESC, c.due_at
                            LIMIT :most
                            FOR UPDATE OF c SKIP LOCKED
                        ) AS due
                        WHERE r.journey_key = due.journey_key
                        RETURNING r.*, due.platform_session_id,
                            coalesce(r.acted_until > now(), false) AS acted,
                            coalesce(r.settling_until > now(), false) AS settling,
                            EXISTS (SELECT FROM %s w WHERE w.borrower_key = r.borrower_key) AS watched
                        """.formatted(mayAsk, watched.query()))
                .param("application", applicationId)
                .param("lease", seconds(lease))
                .param("most", most)
                .query(PostgresReconciliation::claim)
                .list();
    }

    /** Keeps what the platform told; false if a later claim was given meanwhile. */
    boolean told(Claim claim, Hearing hearing) {
        return jdbc.sql("""
                        UPDATE reconciliation
                        SET changed_at = CASE WHEN :changed THEN now() ELSE changed_at END,
                            pace = :pace, told_status = :status, told_next_action = :nextAction, confirmed_at = now(),
                            published_at = CASE WHEN :published THEN now() ELSE published_at END,
                            ahead_since = :aheadSince,
                            settling_until = CASE WHEN :settled THEN now() + INTERVAL '30 seconds'
                                ELSE settling_until END,
                            asked_at = now() - :elapsed * INTERVAL '1 second',
                            due_at = now() + (:pause::double precision - :elapsed) * INTERVAL '1 second',
                            failures = 0, missing = 0, lease_until = NULL, urgent = :watched
                        WHERE journey_key = :key AND fence = :fence
                        """)
                        .param("changed", !hearing.told().equals(claim.told()))
                        .param("pace", hearing.pace().name())
                        .param("status", hearing.told().status())
                        .param("nextAction", hearing.told().nextAction())
                        .param("published", hearing.published())
                        .param("aheadSince", offset(hearing.aheadSince()))
                        .param("settled", hearing.settled())
                        .param("watched", claim.watched())
                        .param("elapsed", seconds(hearing.elapsed()))
                        .param("pause", seconds(hearing.pause()))
                        .param("key", claim.journeyKey())
                        .param("fence", claim.fence())
                        .update()
                == 1;
    }

    /** Looks again later, because the platform did not say anything. */
    void failed(Claim claim, Duration pause) {
        jdbc.sql("""
                        UPDATE reconciliation
                        SET failures = failures + 1, lease_until = NULL, due_at = now() + :pause * INTERVAL '1 second'
                        WHERE journey_key = :key AND fence = :fence
                        """)
                .param("pause", seconds(pause))
                .param("key", claim.journeyKey())
                .param("fence", claim.fence())
                .update();
    }

    /** Notes that the platform does not know the journey; it is given up if there is no pause. */
    void missing(Claim claim, @Nullable Duration pause) {
        jdbc.sql("""
                        UPDATE reconciliation
                        SET missing = missing + 1, failures = 0, asked_at = now(), lease_until = NULL,
                            pace = CASE WHEN :pause::double precision IS NULL THEN 'GONE' ELSE pace END,
                            due_at = now() + :pause::double precision * INTERVAL '1 second'
                        WHERE journey_key = :key AND fence = :fence
                        """)
                .param("pause", seconds(pause))
                .param("key", claim.journeyKey())
                .param("fence", claim.fence())
                .update();
    }

    private static Claim claim(ResultSet row, int number) throws SQLException {
        var status = row.getString("told_status");
        return new Claim(
                new BorrowerKey(row.getString("borrower_key")),
                row.getObject("application_id", UUID.class),
                row.getString("journey_id"),
                row.getLong("fence"),
                row.getObject("platform_session_id", UUID.class),
                row.getBoolean("acted"),
                row.getBoolean("watched"),
                status == null ? null : new Told(status, row.getString("told_next_action")),
                instant(row, "published_at"),
                instant(row, "ahead_since"),
                row.getBoolean("settling"),
                row.getInt("failures"),
                row.getInt("missing"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime offset(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Double seconds(@Nullable Duration duration) {
        return duration == null ? null : duration.toMillis() / 1000.0;
    }
}
