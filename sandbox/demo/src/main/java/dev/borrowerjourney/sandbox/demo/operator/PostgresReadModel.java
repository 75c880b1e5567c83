package dev.borrowerjourney.sandbox.demo.operator;

import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads as the database's operator, who may see all schemas; over one connection, in read-only transactions. */
final class PostgresReadModel implements AutoCloseable {

    private static final int SHOWN_END = 8;

    private final String url;
    private final Properties properties = new Properties();
    private @Nullable Connection connection;

    PostgresReadModel(DemoFile.PostgresAddress address) {
        url = "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
        properties.setProperty("user", address.operator().user());
        properties.setProperty("password", address.operator().password());
        properties.setProperty("ApplicationName", "operator-page");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "10");
        properties.setProperty("options", "-c statement_timeout=3000 -c default_transaction_read_only=on");
    }

    synchronized ReadModel journey(String applicationId, String journeyId) throws SQLException {
        return trying(() -> {
            var owner = borrowerKey(applicationId, journeyId);
            if (owner == null) {
                return ReadModel.NOTHING;
            }
            return new ReadModel(
                    versions(owner + ":" + journeyId),
                    applied(),
                    pushes(owner, journeyId),
                    acknowledged(owner, journeyId),
                    connectedSince(owner));
        });
    }

    /** What was acknowledged after a time, the first first, at most 500. */
    synchronized List<Acknowledged> acknowledgedAfter(Instant time) throws SQLException {
        return trying(() -> all("""
                SELECT journey_id, version, acknowledged_at
                FROM notification.acknowledgement
                WHERE acknowledged_at > ?
                ORDER BY acknowledged_at
                LIMIT 500
                """, PostgresReadModel::acknowledged, Timestamp.from(time)));
    }

    /** Journeys that a correlation id belongs to, of all that the read model keeps. */
    synchronized List<String> havingCorrelationId(String correlationId) throws SQLException {
        return trying(() -> all(
                "SELECT DISTINCT journey_id FROM journey.journey_change WHERE correlation_id = ? LIMIT 20",
                row -> row.getString(1),
                correlationId));
    }

    private @Nullable String borrowerKey(String applicationId, String journeyId) throws SQLException {
        return first("""
                SELECT borrower_key FROM journey.journey
                WHERE application_id = ?::uuid AND journey_id = ?
                ORDER BY changed_at DESC NULLS LAST
                LIMIT 1
                """, row -> row.getString(1), applicationId, journeyId);
    }

    private List<Projected> versions(String journeyKey) throws SQLException {
        return all(
                """
                SELECT version, after::jsonb ->> 'status' AS status, after::jsonb ->> 'nextAction' AS next_action, source,
                       changed_at, event_id, correlation_id, partition, source_offset,
                       pg_xact_commit_timestamp(xmin) AS committed_at
                FROM journey.journey_change
                WHERE journey_key = ?
                ORDER BY version DESC
                LIMIT 200
                """,
                row -> new Projected(
                        row.getLong("version"),
                        row.getString("status"),
                        row.getString("next_action"),
                        row.getString("source"),
                        new Place(
                                TopicCatalogue.JOURNEY_SNAPSHOTS,
                                row.getInt("partition"),
                                row.getLong("source_offset")),
                        row.getString("event_id"),
                        row.getString("correlation_id"),
                        row.getTimestamp("changed_at").toInstant(),
                        instant(row, "committed_at")),
                journeyKey);
    }

    private Map<Integer, Long> applied() throws SQLException {
        var applied = new HashMap<Integer, Long>();
        all("""
                SELECT DISTINCT ON (partition) partition, applied_offset
                FROM journey.projection_offset
                ORDER BY partition, created_at DESC
                """, row -> applied.put(row.getInt(1), row.getLong(2)));
        return applied;
    }

    private List<Push> pushes(String borrowerKey, String journeyId) throws SQLException {
        return all(
                """
                SELECT version, channel, right(device_id, %d) AS device, kind, due_at, begun, outcome, completed_at
                FROM notification.notification
                WHERE borrower_key = ? AND journey_id = ?
                ORDER BY version, due_at, device_id
                LIMIT 500
                """.formatted(SHOWN_END),
                row -> new Push(
                        row.getLong("version"),
                        row.getString("channel"),
                        row.getString("device"),
                        row.getString("kind"),
                        row.getTimestamp("due_at").toInstant(),
                        row.getInt("begun"),
                        row.getString("outcome"),
                        instant(row, "completed_at")),
                borrowerKey,
                journeyId);
    }

    private @Nullable Acknowledged acknowledged(String borrowerKey, String journeyId) throws SQLException {
        return first("""
                SELECT journey_id, version, acknowledged_at FROM notification.acknowledgement
                WHERE borrower_key = ? AND journey_id = ?
                """, PostgresReadModel::acknowledged, borrowerKey, journeyId);
    }

    private @Nullable Instant connectedSince(String borrowerKey) throws SQLException {
        return first(
                "SELECT since FROM notification.presence WHERE borrower_key = ?",
                row -> row.getTimestamp("since").toInstant(),
                borrowerKey);
    }

    private static Acknowledged acknowledged(ResultSet row) throws SQLException {
        return new Acknowledged(
                row.getString("journey_id"),
                row.getLong("version"),
                row.getTimestamp("acknowledged_at").toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private interface Reading<T> {
        T read() throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** A connection that failed is not used again. */
    private <T> T trying(Reading<T> reading) throws SQLException {
        try {
            return reading.read();
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private <T> @Nullable T first(String query, Row<T> reader, Object... parameters) throws SQLException {
        var all = all(query, reader, parameters);
        return all.isEmpty() ? null : all.getFirst();
    }

    private <T> List<T> all(String query, Row<T> reader, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(query)) {
            for (int n = 0; n < parameters.length; n++) {
                statement.setObject(n + 1, parameters[n]);
            }
            try (var rows = statement.executeQuery()) {
                var all = new ArrayList<T>();
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
                return all;
            }
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            connection = DriverManager.getConnection(url, properties);
        }
        return connection;
    }

    @Override
    public synchronized void close() throws SQLException {
        var old = connection;
        connection = null;
        if (old != null) {
            old.close();
        }
    }
}
