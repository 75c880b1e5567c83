package dev.borrowerjourney.session.testing;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Stands for the projector's migrations: the same views, over tables that tests fill. */
public final class JourneyViews {

    private JourneyViews() {}

    public static void create(TestDatabase database) {
        run(database.as("bj_projector"), """
                CREATE TABLE IF NOT EXISTS journey.shown (
                    journey_key text PRIMARY KEY, borrower_key text, application_id uuid, journey_id text, type text,
                    status text, next_action text, details jsonb, version bigint, source text, platform_at timestamptz,
                    changed_at timestamptz, fresh_as_of timestamptz);
                CREATE TABLE IF NOT EXISTS journey.changes (
                    journey_key text, borrower_key text, application_id uuid, journey_id text, version bigint,
                    before jsonb, after jsonb, source text, platform_at timestamptz, changed_at timestamptz);
                CREATE TABLE IF NOT EXISTS journey.due (
                    journey_key text, borrower_key text, application_id uuid, journey_id text, cause text,
                    sequence bigint, due_at timestamptz);
                CREATE OR REPLACE VIEW journey.current_journey AS SELECT * FROM journey.shown;
                CREATE OR REPLACE VIEW journey.timeline AS SELECT * FROM journey.changes;
                CREATE OR REPLACE VIEW journey.reconciliation_due AS SELECT * FROM journey.due;
                GRANT SELECT ON journey.current_journey, journey.timeline, journey.reconciliation_due TO bj_journey_reader;
                """);
    }

    public static void run(DataSource source, String sql) {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
