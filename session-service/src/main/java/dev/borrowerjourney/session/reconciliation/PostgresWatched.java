package dev.borrowerjourney.session.reconciliation;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who looks: whoever called or had a stream open within the last minute. All times are the database's. */
class PostgresWatched {

    private static final String CALLERS = """
            SELECT borrower_key, since FROM caller WHERE called_at > now() - INTERVAL '60 seconds'
            """;
    private static final String STREAMS = """
            UNION ALL SELECT borrower_key, since FROM notification.presence
            """;

    private final JdbcClient jdbc;
    private volatile boolean streams;

    PostgresWatched(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Looks whether notifier-service has made its view. Without it only calls count. */
    boolean findStreams() {
        streams = jdbc.sql("""
                        SELECT coalesce(has_table_privilege(to_regclass('notification.presence'), 'SELECT'), false)
                        """).query(Boolean.class).single();
        return streams;
    }

    /** A query for those who look, with {@code borrower_key} and {@code since}; a borrower may come twice. */
    String query() {
        return "(" + CALLERS + (streams ? STREAMS : "") + ")";
    }

    /** Those of the borrowers who look. */
    Set<String> among(Collection<String> borrowerKeys) {
        return new HashSet<>(jdbc.sql("""
                        SELECT w.borrower_key
                        FROM %s w
                        WHERE w.borrower_key = ANY (:borrowers)
                        """.formatted(query()))
                .param("borrowers", borrowerKeys.toArray(String[]::new))
                .query(String.class)
                .list());
    }

    /** Notes who called. */
    void note(Collection<String> borrowerKeys, Collection<UUID> platformSessionIds) {
        jdbc.sql("""
                        INSERT INTO caller (borrower_key)
                        SELECT borrower_key FROM unnest(:borrowers::text[]) AS b (borrower_key)
                        UNION
                        SELECT borrower_key FROM platform_session WHERE platform_session_id = ANY (:sessions)
                        ORDER BY borrower_key
                        ON CONFLICT (borrower_key) DO UPDATE
                        SET called_at = excluded.called_at,
                            since = CASE
                                WHEN caller.called_at > now() - INTERVAL '60 seconds' THEN caller.since
                                ELSE excluded.since
                            END
                        """)
                .param("borrowers", borrowerKeys.toArray(String[]::new))
                .param("sessions", platformSessionIds.toArray(UUID[]::new))
                .update();
    }

    /** Forgets whoever has not called for long. */
    void forget() {
        jdbc.sql("DELETE FROM caller WHERE called_at < now() - INTERVAL '5 minutes'")
                .update();
    }
}
