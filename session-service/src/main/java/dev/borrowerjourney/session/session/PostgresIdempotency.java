package dev.borrowerjourney.session.session;

import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What idempotency keys were used for, and which of their requests are running. All times are the database's. */
class PostgresIdempotency {

    private final JdbcClient jdbc;
    private final IdempotencyProperties properties;

    PostgresIdempotency(JdbcClient jdbc, IdempotencyProperties properties) {
        this.jdbc = jdbc;
        this.properties = properties;
    }

    /**
     * What the key was used for, now or before. The attempt takes the key if the request is not done and no other attempt
     * holds it.
     */
    Use use(IdempotencyKey key, byte[] body, UUID newSessionId, UUID attempt, Duration lease) {
        return jdbc.sql("""
                        INSERT INTO idempotency AS i (scope_hash, request_hash, session_id, attempt_id, lease_until)
                        VALUES (:scope, :request, :session, :attempt, now() + :seconds * INTERVAL '1 second')
                        ON CONFLICT (scope_hash) DO UPDATE
                        SET attempt_id = CASE WHEN i.completed OR i.request_hash <> excluded.request_hash OR i.lease_until > now()
                                THEN i.attempt_id ELSE excluded.attempt_id END,
                            lease_until = CASE WHEN i.completed OR i.request_hash <> excluded.request_hash OR i.lease_until > now()
                                THEN i.lease_until ELSE excluded.lease_until END
                        RETURNING session_id, completed, request_hash = :request AS same, attempt_id = :attempt AS taken
                        """)
                .param("scope", key.scopeHash())
                .param("request", key.requestHash(body))
                .param("session", newSessionId)
                .param("attempt", attempt)
                .param("seconds", lease.toMillis() / 1000.0)
                .query((row, _) -> new Use(
                        row.getObject("session_id", UUID.class),
                        row.getBoolean("completed"),
                        row.getBoolean("same"),
                        row.getBoolean("taken")))
                .single();
    }

    /** Remembers that the key's work is done. */
    void complete(IdempotencyKey key) {
        jdbc.sql("UPDATE idempotency SET completed = true WHERE scope_hash = :scope")
                .param("scope", key.scopeHash())
                .update();
    }

    /** Gives the key back after a failure, so that a retry need not wait. */
    void release(IdempotencyKey key, UUID attempt) {
        jdbc.sql("""
                        UPDATE idempotency
                        SET lease_until = now()
                        WHERE scope_hash = :scope
                        AND attempt_id = :attempt
                        """).param("scope", key.scopeHash()).param("attempt", attempt).update();
    }

    /** Forgets at most so many keys past their retention. */
    int deleteOld(int most) {
        return jdbc.sql("""
                        DELETE FROM idempotency
                        WHERE scope_hash IN (
                            SELECT scope_hash
                            FROM idempotency
                            WHERE created_at < now() - :seconds * INTERVAL '1 second'
                            LIMIT :most)
                        """)
                .param("seconds", properties.retention().toSeconds())
                .param("most", most)
                .update();
    }

    /**
     * What is known of a key.
     *
     * @param same whether the request is the one that the key was first used for
     * @param taken whether the attempt that asks holds the key now
     */
    record Use(UUID sessionId, boolean completed, boolean same, boolean taken) {}
}
