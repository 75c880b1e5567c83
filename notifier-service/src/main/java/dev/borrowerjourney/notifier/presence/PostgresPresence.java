package dev.borrowerjourney.notifier.presence;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who had a stream open lately, at any instance. All times are the database's. */
class PostgresPresence {

    private final JdbcClient jdbc;

    PostgresPresence(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Notes that these have a stream open; whoever was not present until now is present since now. */
    void note(Collection<BorrowerKey> borrowers) {
        jdbc.sql("""
                        INSERT INTO notification.open_stream (borrower_key)
                        SELECT borrower_key
                        FROM unnest(:borrowers::text[]) AS b (borrower_key)
                        ORDER BY borrower_key
                        ON CONFLICT (borrower_key) DO UPDATE
                        SET seen_at = excluded.seen_at,
                            since = CASE
                                WHEN open_stream.seen_at > now() - INTERVAL '60 seconds' THEN open_stream.since
                                ELSE excluded.since
                            END
                        """)
                .param("borrowers", borrowers.stream().map(BorrowerKey::value).toArray(String[]::new))
                .update();
    }

    /** Forgets whoever is gone. */
    void forget() {
        jdbc.sql("DELETE FROM notification.open_stream WHERE seen_at < now() - INTERVAL '5 minutes'")
                .update();
    }
}
