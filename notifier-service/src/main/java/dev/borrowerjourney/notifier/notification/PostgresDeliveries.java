package dev.borrowerjourney.notifier.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The attempts of which the topic does not know yet. */
class PostgresDeliveries {

    private final JdbcClient jdbc;
    private final UUID instance;

    PostgresDeliveries(JdbcClient jdbc, UUID instance) {
        this.jdbc = jdbc;
        this.instance = instance;
    }

    /** Whether this instance may publish for the time of the lease. */
    boolean lead(Duration lease) {
        return jdbc.sql("""
                        UPDATE notification.delivery_publisher
                        SET owner = :instance, lease_until = now() + :lease * INTERVAL '1 millisecond'
                        WHERE owner = :instance OR lease_until <= now()
                        """)
                        .param("instance", instance)
                        .param("lease", lease.toMillis())
                        .update()
                == 1;
    }

    /** Lets another instance publish at once. */
    void resign() {
        jdbc.sql("UPDATE notification.delivery_publisher SET lease_until = '-infinity' WHERE owner = :instance")
                .param("instance", instance)
                .update();
    }

    /** The first ones. Not those after a position: a transaction that ends late writes below what was read before. */
    List<Attempted> unpublished(int most) {
        return jdbc.sql("""
                        SELECT d.position, d.change_id, d.device_id, d.attempt, d.outcome, d.completed_at,
                            n.borrower_key, n.application_id, n.journey_id, n.version, n.channel, n.due_at
                        FROM notification.delivery d
                        JOIN notification.notification n USING (change_id, device_id)
                        WHERE NOT d.published
                        ORDER BY d.position
                        LIMIT :most
                        """)
                .param("most", most)
                .query(PostgresDeliveries::attempted)
                .list();
    }

    void published(Collection<Attempted> attempts) {
        jdbc.sql(
                        "UPDATE notification.delivery SET published = true WHERE NOT published AND position = ANY (:positions)")
                .param("positions", attempts.stream().map(Attempted::position).toArray(Long[]::new))
                .update();
    }

    /** Has the topic never know of this one, so that those behind it come to be published. */
    void setAside(Attempted attempt, String reason) {
        jdbc.sql("""
                        UPDATE notification.delivery SET published = true, refusal = :reason
                        WHERE position = :position AND NOT published
                        """)
                .param("reason", reason)
                .param("position", attempt.position())
                .update();
    }

    /** How long the topic has been without the oldest one. */
    Duration waiting() {
        return Duration.ofMillis(jdbc.sql("""
                        SELECT coalesce(extract(epoch FROM now() - min(completed_at)) * 1000, 0)::bigint
                        FROM notification.delivery
                        WHERE NOT published
                        """).query(Long.class).single());
    }

    private static Attempted attempted(ResultSet row, int number) throws SQLException {
        return new Attempted(
                row.getLong("position"),
                row.getObject("change_id", UUID.class),
                row.getString("device_id"),
                row.getInt("attempt"),
                row.getString("borrower_key"),
                row.getObject("application_id", UUID.class),
                row.getString("journey_id"),
                row.getLong("version"),
                row.getString("channel"),
                row.getString("outcome"),
                PostgresNotifications.instant(row, "due_at"),
                PostgresNotifications.instant(row, "completed_at"));
    }
}
