package dev.borrowerjourney.notifier.notification;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done about many notifications at a time. */
class PostgresUpkeep {

    /** In one statement, so that it is a short one. */
    static final int MOST_FORGOTTEN = 10_000;

    static final int MOST_PUT_OFF = 1_000;

    /** So that not all come at once when the push service is tried again. */
    private static final Duration SPREAD = Duration.ofSeconds(5);

    private final JdbcClient jdbc;

    PostgresUpkeep(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What an instance that can call would have taken by then: those that are held are held by this one alone. */
    private static final Duration LEFT_BY_ALL = Duration.ofSeconds(2);

    /**
     * Has due notifications wait for push services that nobody calls now, but not beyond their time to live.
     *
     * @param held for how long yet, by their hosts, and by their channels where there is one for all
     */
    int putOff(Map<String, Duration> held) {
        var hosts = List.copyOf(held.keySet());
        return jdbc.sql("""
                        WITH held AS MATERIALIZED (
                            SELECT n.change_id, n.device_id, h.millis
                            FROM notification.notification n
                            JOIN notification.device d
                                ON d.application_id = n.application_id AND d.device_id = n.device_id
                            JOIN unnest(:hosts::text[], :millis::bigint[]) AS h (host, millis)
                                ON h.host = CASE WHEN d.channel = 'WEB_PUSH' THEN d.push_host ELSE d.channel END
                            WHERE n.outcome IS NULL AND n.next_at <= now() - :left * INTERVAL '1 millisecond'
                            AND n.expires_at > now()
                            ORDER BY n.next_at
                            LIMIT :most
                            FOR UPDATE OF n SKIP LOCKED
                        )
                        UPDATE notification.notification n
                        SET next_at = least(
                            n.expires_at, now() + (held.millis + random() * :spread) * INTERVAL '1 millisecond')
                        FROM held
                        WHERE n.change_id = held.change_id AND n.device_id = held.device_id
                        """)
                .param("hosts", hosts.toArray(String[]::new))
                .param(
                        "millis",
                        hosts.stream()
                                .map(host ->
                                        Objects.requireNonNull(held.get(host)).toMillis())
                                .toArray(Long[]::new))
                .param("left", LEFT_BY_ALL.toMillis())
                .param("most", MOST_PUT_OFF)
                .param("spread", SPREAD.toMillis())
                .update();
    }

    /** How long the longest due notification has waited for a worker. */
    Duration overdue() {
        return Duration.ofMillis(jdbc.sql("""
                        SELECT coalesce(extract(epoch FROM now() - min(next_at)) * 1000, 0)::bigint
                        FROM notification.notification
                        WHERE outcome IS NULL AND next_at <= now()
                        """).query(Long.class).single());
    }

    /** Removes what ended so long ago, but nothing of which the topic does not know yet. */
    int forget(Duration retention) {
        return jdbc.sql("""
                        DELETE FROM notification.notification
                        WHERE (change_id, device_id) IN (
                            SELECT n.change_id, n.device_id
                            FROM notification.notification n
                            WHERE n.outcome IS NOT NULL
                            AND n.completed_at < now() - :retention * INTERVAL '1 millisecond'
                            AND NOT EXISTS (SELECT
                                FROM notification.delivery d
                                WHERE d.change_id = n.change_id AND d.device_id = n.device_id AND NOT d.published)
                            LIMIT :most
                        )
                        """)
                .param("retention", retention.toMillis())
                .param("most", MOST_FORGOTTEN)
                .update();
    }
}
