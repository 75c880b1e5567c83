package dev.borrowerjourney.session.session;

import java.sql.ResultSet;
import java.sql.Types;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ends sessions in the name of an operator. */
class PostgresEnding {

    private static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;

    PostgresEnding(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Ends those that there are now, in parts, and tells how many it were. What was ended stays so if it fails. */
    int end(Whose whose) {
        var now = jdbc.sql("SELECT now() AS now")
                .query((ResultSet row, int _) -> row.getObject("now", OffsetDateTime.class))
                .single();
        int all = 0;
        int ended;
        do {
            ended = end(whose, now);
            all += ended;
        } while (ended > 0);
        return all;
    }

    private int end(Whose whose, OffsetDateTime before) {
        var borrower = whose.borrower();
        return jdbc.sql("""
                        DELETE FROM session
                        WHERE session_id IN (
                            SELECT session_id
                            FROM session JOIN platform_session USING (platform_session_id)
                            WHERE created_at <= :before
                            AND (CAST(:session AS uuid) IS NULL OR session_id = :session)
                            AND (CAST(:application AS uuid) IS NULL OR application_id = :application)
                            AND (CAST(:borrower AS text) IS NULL OR borrower_key = :borrower)
                            LIMIT :most)
                        """)
                .param("before", before)
                .param("session", whose.sessionId(), Types.OTHER)
                .param("application", whose.applicationId(), Types.OTHER)
                .param("borrower", borrower == null ? null : borrower.value(), Types.VARCHAR)
                .param("most", AT_ONCE)
                .update();
    }
}
