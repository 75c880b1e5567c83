package dev.borrowerjourney.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the other services may see of the read model, and that asking for it costs no scan, on 20,000 journeys. */
class ReaderIT {

    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final String MONTH = "journey_change_2026_03";

    final JdbcTemplate reader = new JdbcTemplate(DATABASE.as("bj_session"));

    @BeforeAll
    static void fill() {
        Flyway.configure()
                .dataSource(DATABASE.as("bj_projector"))
                .schemas("journey")
                .createSchemas(false)
                .load()
                .migrate();
        var owner = new JdbcTemplate(DATABASE.as("bj_projector"));
        owner.execute("CREATE TABLE " + MONTH
                + " PARTITION OF journey_change FOR VALUES FROM ('2026-03-01 00:00+00') TO ('2026-04-01 00:00+00')");
        owner.execute("""
                INSERT INTO journey (journey_key, borrower_key, application_id, journey_id, version, status, source,
                    changed_at, topic_id, partition, source_offset)
                SELECT 'b' || n / 2 || ':j' || n, 'b' || n / 2, gen_random_uuid(), 'j' || n, 3, 'STARTED', 'WEBHOOK',
                    '2026-03-15 12:00+00', 't', n % 12, n
                FROM generate_series(1, 20000) n
                """);
        owner.execute("""
                INSERT INTO journey_change (journey_key, version, borrower_key, application_id, journey_id, after, source,
                    changed_at, fresh_as_of, stale, event_id, topic_id, partition, source_offset, position)
                SELECT journey_key, v, borrower_key, application_id, journey_id, '{}', source,
                    changed_at, changed_at, false, 'e', 't', partition, source_offset, source_offset * 3 + v
                FROM journey, generate_series(1, 3) v
                """);
        owner.execute("""
                INSERT INTO due_journey (journey_key, cause, contradiction, borrower_key, application_id, journey_id,
                    due_at, settled, source_offset)
                SELECT journey_key, 'LOG_GAP', '', borrower_key, application_id, journey_id,
                    now() + source_offset * interval '1 s', false, 1
                FROM journey
                """);
        owner.execute("ANALYZE");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void readsThreeViewsAndNothingElse() {
        var allowed = reader.queryForList("""
                SELECT c.relname || ' ' || p.privilege
                FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'])
                    AS p (privilege)
                WHERE c.relnamespace = 'journey'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND (has_table_privilege(c.oid, p.privilege)
                        OR p.privilege IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                            AND has_any_column_privilege(c.oid, p.privilege))
                """, String.class);

        assertThat(allowed)
                .containsExactlyInAnyOrder("current_journey SELECT", "timeline SELECT", "reconciliation_due SELECT");
        assertThat(reader.queryForObject("SELECT has_schema_privilege('journey', 'CREATE')", Boolean.class))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE journey.current_journey SET status = 'CLOSED'",
                "DELETE FROM journey.timeline",
                "DELETE FROM journey.reconciliation_due",
                "SELECT * FROM journey.journey",
                "SELECT * FROM journey.projection_offset",
                "SELECT * FROM journey.dead_letter"
            })
    void isRefusedEverythingElse(String statement) {
        assertThatThrownBy(() -> reader.execute(statement)).rootCause().hasMessageContaining("permission denied");
    }

    /** As session-service and notifier-service ask. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM journey.current_journey WHERE journey_key = 'b7:j14' AND borrower_key = 'b7'",
                "SELECT * FROM journey.current_journey WHERE borrower_key = 'b7' AND journey_id > '' ORDER BY journey_id LIMIT 51",
                "SELECT max(changed_at) FROM journey.current_journey WHERE borrower_key = 'b7'",
                "SELECT * FROM journey.current_journey WHERE borrower_key = ANY (ARRAY['b7', 'b8', 'b9'])",
                "SELECT * FROM journey.timeline WHERE journey_key = 'b7:j14' AND borrower_key = 'b7' AND version > 0"
                        + " ORDER BY version LIMIT 51",
                "SELECT * FROM journey.reconciliation_due WHERE due_at <= now() ORDER BY due_at LIMIT 100",
                "SELECT * FROM journey.reconciliation_due WHERE journey_key = 'b7:j14'"
            })
    void findsByIndex(String query) {
        assertThat(plan(query))
                .noneMatch(line -> line.matches(".*Seq Scan on (journey|due_journey|" + MONTH + ")\\b.*"));
    }

    /** Else the test above would see nothing. */
    @Test
    void tellsScans() {
        assertThat(plan("SELECT * FROM journey.current_journey WHERE status = 'STARTED'"))
                .anyMatch(line -> line.contains("Seq Scan on journey"));
        assertThat(plan("SELECT * FROM journey.timeline WHERE source = 'WEBHOOK'"))
                .anyMatch(line -> line.contains("Seq Scan on " + MONTH));
    }

    private List<String> plan(String query) {
        return new JdbcTemplate(DATABASE.superuser()).queryForList("EXPLAIN " + query, String.class);
    }
}
