package dev.borrowerjourney.notifier.testing;

import com.zaxxer.hikari.HikariDataSource;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The projector's view with the same columns, over a table that tests write. */
public final class ReadModel {

    private final JdbcClient projector;

    private ReadModel(DataSource projector) {
        this.projector = JdbcClient.create(projector);
    }

    /** Makes the view unless it is there. */
    public static ReadModel in(DataSource projector) {
        // One connection for all that it writes: to open one takes longer than to write.
        var pool = new HikariDataSource();
        pool.setDataSource(projector);
        pool.setMaximumPoolSize(1);
        pool.setMinimumIdle(0);
        var model = new ReadModel(pool);
        model.create();
        return model;
    }

    public void create() {
        projector.sql("""
                        CREATE TABLE IF NOT EXISTS journey (
                            journey_key text PRIMARY KEY, borrower_key text NOT NULL, application_id uuid NOT NULL,
                            journey_id text NOT NULL, type text, status text NOT NULL, next_action text, details jsonb,
                            version bigint NOT NULL, source text NOT NULL, platform_at timestamptz,
                            changed_at timestamptz NOT NULL, fresh_as_of timestamptz NOT NULL)
                        """).update();
        projector.sql("""
                        CREATE OR REPLACE VIEW current_journey AS
                        SELECT journey_key, borrower_key, application_id, journey_id, type, status, next_action, details,
                            version, source, platform_at, changed_at, fresh_as_of
                        FROM journey
                        """).update();
        projector.sql("GRANT SELECT ON current_journey TO bj_journey_reader").update();
    }

    public void drop() {
        projector.sql("DROP VIEW current_journey").update();
    }

    public void keep(
            BorrowerKey borrower, UUID applicationId, String journeyId, long version, String status, String details) {
        keep(borrower, applicationId, journeyId, version, status, "WAIT", details);
    }

    public void keep(
            BorrowerKey borrower,
            UUID applicationId,
            String journeyId,
            long version,
            String status,
            String nextAction,
            String details) {
        projector
                .sql("""
                        INSERT INTO journey VALUES (:key, :borrower, :application, :journey, 'PERSONAL_LOAN', :status,
                            :nextAction, :details::jsonb, :version, 'WEBHOOK', :at, :at, :at)
                        ON CONFLICT (journey_key) DO UPDATE
                        SET status = excluded.status, next_action = excluded.next_action, version = excluded.version, details = excluded.details
                        """)
                .param("key", borrower.journeyKey(journeyId))
                .param("borrower", borrower.value())
                .param("application", applicationId)
                .param("journey", journeyId)
                .param("status", status)
                .param("nextAction", nextAction)
                .param("details", details)
                .param("version", version)
                .param("at", OffsetDateTime.ofInstant(Instant.now(), ZoneOffset.UTC))
                .update();
    }
}
