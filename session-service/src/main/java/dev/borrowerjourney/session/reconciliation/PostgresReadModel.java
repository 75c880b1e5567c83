package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import dev.borrowerjourney.session.reconciliation.Known.Shown;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the projector grants: what is shown of a journey, and what is to be settled. */
class PostgresReadModel {

    private final JdbcClient jdbc;

    PostgresReadModel(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What is known of a journey.
     *
     * @param askedAt when the platform was asked; what became due later is not settled by that
     */
    Known of(String journeyKey, Instant askedAt) {
        return jdbc.sql("""
                        SELECT j.status, j.next_action, j.source, j.changed_at, j.fresh_as_of, d.cause, d.sequence
                        FROM (SELECT 1) AS one
                        LEFT JOIN journey.current_journey j ON j.journey_key = :key
                        LEFT JOIN LATERAL (
                            SELECT cause, sequence
                            FROM journey.reconciliation_due
                            WHERE journey_key = :key AND due_at <= :asked
                            ORDER BY sequence DESC NULLS LAST, due_at
                            LIMIT 1
                        ) AS d ON true
                        """)
                .param("key", journeyKey)
                .param("asked", askedAt.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Known(shown(row), settlement(row)))
                .single();
    }

    private static @Nullable Shown shown(ResultSet row) throws SQLException {
        var status = row.getString("status");
        return status == null
                ? null
                : new Shown(
                        new Told(status, row.getString("next_action")),
                        row.getString("source").equals("WEBHOOK"),
                        time(row, "changed_at"),
                        time(row, "fresh_as_of"));
    }

    private static @Nullable Settlement settlement(ResultSet row) throws SQLException {
        var cause = row.getString("cause");
        return cause == null ? null : new Settlement(cause, row.getObject("sequence", Long.class));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
