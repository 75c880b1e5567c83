package dev.borrowerjourney.notifier.acknowledgement;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The greatest version of each journey that was shown. */
@Repository
class PostgresAcknowledgements {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PostgresAcknowledgements(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps the version unless a greater one is kept; returns whether the borrower's journey ever reached it. */
    boolean keep(BorrowerKey borrower, String journeyId, long version) {
        return jdbc.sql("""
                        INSERT INTO notification.acknowledgement (borrower_key, journey_id, version, acknowledged_at)
                        SELECT borrower_key, journey_id, :version, :now
                        FROM journey.current_journey
                        WHERE borrower_key = :borrower AND journey_id = :journey AND version >= :version
                        ON CONFLICT (borrower_key, journey_id) DO UPDATE
                        SET version = greatest(acknowledgement.version, excluded.version),
                            acknowledged_at = excluded.acknowledged_at
                        """)
                        .param("version", version)
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("borrower", borrower.value())
                        .param("journey", journeyId)
                        .update()
                == 1;
    }
}
