package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was and is to be told to one borrower. */
class PostgresHistory {

    private final JdbcClient jdbc;

    PostgresHistory(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The latest ones, the newest first. */
    List<HistoryEntry> latest(BorrowerKey borrower, long most) {
        return jdbc.sql("""
                        SELECT journey_id, version, kind, device_id, channel, due_at, begun, next_at, outcome, completed_at
                        FROM notification.notification
                        WHERE borrower_key = :borrower
                        ORDER BY due_at DESC, journey_id, version DESC, device_id
                        LIMIT :most
                        """)
                .param("borrower", borrower.value())
                .param("most", most)
                .query(PostgresHistory::entry)
                .list();
    }

    private static HistoryEntry entry(ResultSet row, int number) throws SQLException {
        var outcome = row.getString("outcome");
        return new HistoryEntry(
                row.getString("journey_id"),
                row.getLong("version"),
                row.getString("kind"),
                row.getString("device_id"),
                row.getString("channel"),
                PostgresNotifications.instant(row, "due_at"),
                row.getInt("begun"),
                PostgresNotifications.instant(row, "next_at"),
                outcome,
                outcome == null ? null : PostgresNotifications.instant(row, "completed_at"));
    }
}
