package dev.borrowerjourney.session.reconciliation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to be done with the journeys now and then. Any instance may do it at any time, and several at once. */
class PostgresUpkeep {

    private static final String SESSION = """
            EXISTS (
                SELECT
                FROM platform_session p JOIN session s USING (platform_session_id)
                WHERE p.application_id = r.application_id AND p.borrower_key = r.borrower_key)
            """;

    private static final String SESSION_OR_KNOWN =
            "EXISTS (SELECT FROM absent_borrower a WHERE a.borrower_key = r.borrower_key)";

    private final JdbcClient jdbc;
    private final PostgresWatched watched;
    private final Duration giveUpAfter;
    private final boolean withoutSession;
    private final String mayAsk;

    PostgresUpkeep(JdbcClient jdbc, PostgresWatched watched, Duration giveUpAfter, boolean withoutSession) {
        this.jdbc = jdbc;
        this.watched = watched;
        this.giveUpAfter = giveUpAfter;
        this.withoutSession = withoutSession;
        this.mayAsk = withoutSession ? "(" + SESSION + " OR " + SESSION_OR_KNOWN + ")" : SESSION;
    }

    /** If that is set, keeps what opens a platform session again, and puts rows in place for journeys that are due. */
    void reviveSessions() {
        if (!withoutSession) {
            return;
        }
        jdbc.sql("""
                        INSERT INTO absent_borrower (borrower_key, platform_session_id, application_id, borrower_sealed)
                        SELECT borrower_key, platform_session_id, application_id, borrower_sealed
                        FROM platform_session
                        WHERE touched_at > now() - INTERVAL '30 seconds'
                        ON CONFLICT (borrower_key) DO UPDATE
                        SET platform_session_id = excluded.platform_session_id, seen_at = now(),
                            borrower_sealed = excluded.borrower_sealed
                        """).update();
        jdbc.sql("""
                        INSERT INTO platform_session (platform_session_id, application_id, borrower_key, borrower_sealed)
                        SELECT DISTINCT a.platform_session_id, a.application_id, a.borrower_key, a.borrower_sealed
                        FROM reconciliation r JOIN absent_borrower a USING (borrower_key)
                        WHERE r.due_at <= now()
                        LIMIT 1000
                        ON CONFLICT DO NOTHING
                        """).update();
    }

    /** Has journeys looked at whose borrower has just come to look, once for each time. */
    int bringForward() {
        return jdbc.sql("""
                        UPDATE reconciliation r
                        SET due_at = now() + random() * INTERVAL '500 milliseconds', urgent = true
                        FROM %s w
                        WHERE w.since > now() - INTERVAL '10 seconds'
                        AND r.borrower_key = w.borrower_key
                        AND r.due_at > now() + INTERVAL '500 milliseconds'
                        AND (r.asked_at IS NULL OR r.asked_at < w.since)
                        AND r.pace NOT IN ('OVER', 'GONE')
                        """.formatted(watched.query())).update();
    }

    /**
     * Has journeys looked at that have lately become due for a settling poll; older ones are settled by the next look. What
     * was asked right then may have been asked too early by the clock of receipts.
     */
    int bringSettlements() {
        return jdbc.sql("""
                        UPDATE reconciliation r
                        SET due_at = now(), urgent = true
                        FROM journey.reconciliation_due d
                        WHERE d.due_at BETWEEN now() - INTERVAL '5 minutes' AND now()
                        AND r.journey_key = d.journey_key
                        AND (r.due_at IS NULL OR r.due_at > now())
                        AND (r.settling_until IS NULL OR r.settling_until <= now())
                        AND (r.asked_at IS NULL OR r.asked_at < d.due_at + INTERVAL '2 seconds')
                        AND (r.lease_until IS NULL OR r.lease_until <= now())
                        AND r.pace <> 'GONE'
                        AND %s
                        """.formatted(mayAsk)).update();
    }

    /** Lets journeys wait for their borrower's next visit that nobody has a session for, or that stand still. */
    int setAside() {
        return jdbc.sql("""
                        UPDATE reconciliation
                        SET due_at = NULL
                        WHERE journey_key IN (
                            SELECT journey_key
                            FROM reconciliation r
                            WHERE r.due_at <= now()
                            AND (r.lease_until IS NULL OR r.lease_until <= now())
                            AND (r.changed_at < now() - :giveUp * INTERVAL '1 second' OR NOT %s)
                            LIMIT 1000
                            FOR UPDATE SKIP LOCKED)
                        """.formatted(mayAsk))
                .param("giveUp", PostgresReconciliation.seconds(giveUpAfter))
                .update();
    }

    /** Removes what has not been asked about for long and will not be, and what nothing needs any more. */
    int forget() {
        jdbc.sql("""
                        DELETE FROM absent_borrower a
                        WHERE NOT :kept OR (seen_at < now() - INTERVAL '1 hour' AND NOT EXISTS (
                            SELECT FROM reconciliation r
                            WHERE r.borrower_key = a.borrower_key AND r.due_at IS NOT NULL))
                        """).param("kept", withoutSession).update();
        return jdbc.sql("""
                        DELETE FROM reconciliation
                        WHERE journey_key IN (
                            SELECT journey_key
                            FROM reconciliation
                            WHERE due_at IS NULL
                            AND changed_at < now() - (:giveUp + 86400) * INTERVAL '1 second'
                            LIMIT 10000)
                        """)
                .param("giveUp", PostgresReconciliation.seconds(giveUpAfter))
                .update();
    }

    /** For how many seconds the oldest look of each application is overdue. */
    Map<UUID, Double> overdue() {
        var overdue = new HashMap<UUID, Double>();
        jdbc.sql("""
                        SELECT r.application_id, extract(epoch FROM now() - min(r.due_at))::double precision AS seconds
                        FROM reconciliation r
                        WHERE r.due_at <= now() AND (r.lease_until IS NULL OR r.lease_until <= now()) AND %s
                        GROUP BY r.application_id
                        """.formatted(mayAsk)).query(row -> {
            overdue.put(row.getObject("application_id", UUID.class), row.getDouble("seconds"));
        });
        return overdue;
    }
}
