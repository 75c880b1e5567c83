package dev.borrowerjourney.session.session;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Our sessions and their tokens. All times are the database's. */
class PostgresSessions {

    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final PostgresIdempotency idempotency;
    private final LifetimeProperties lifetime;

    PostgresSessions(
            JdbcClient jdbc,
            TransactionOperations transaction,
            PostgresIdempotency idempotency,
            LifetimeProperties lifetime) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.idempotency = idempotency;
        this.lifetime = lifetime;
    }

    /** Makes the session and its token, and remembers that the key's work is done. */
    Optional<Issued> create(IdempotencyKey key, UUID sessionId, UUID platformSessionId, Grant grant) {
        return inTransaction(() -> {
            jdbc.sql("""
                            INSERT INTO session (session_id, platform_session_id, ends_at)
                            VALUES (:session, :platformSession, now() + :seconds * INTERVAL '1 second')
                            ON CONFLICT (session_id) DO NOTHING
                            """)
                    .param("session", sessionId)
                    .param("platformSession", platformSessionId)
                    .param("seconds", seconds(lifetime.absolute()))
                    .update();
            idempotency.complete(key);
            return replaceToken(sessionId, grant);
        });
    }

    /** What a live session of the borrower holds; empty if there is no such session. */
    Optional<Held> held(UUID sessionId, UUID applicationId, String borrowerKey) {
        return jdbc.sql("""
                        SELECT platform_session_id,
                            (SELECT max(generation) FROM session_token t WHERE t.session_id = s.session_id) AS generation
                        FROM session s JOIN platform_session USING (platform_session_id)
                        WHERE session_id = :session AND application_id = :application AND borrower_key = :borrower
                        AND ends_at > now() AND last_used_at > now() - :idle * INTERVAL '1 second'
                        """)
                .param("session", sessionId)
                .param("application", applicationId)
                .param("borrower", borrowerKey)
                .param("idle", seconds(lifetime.idle()))
                .query((row, _) ->
                        new Held(row.getObject("platform_session_id", UUID.class), row.getLong("generation")))
                .optional();
    }

    /** Gives a session another token; empty if it was ended meanwhile. */
    Optional<Issued> reissue(UUID sessionId, Grant grant) {
        return inTransaction(() -> replaceToken(sessionId, grant));
    }

    /** The borrower's live sessions, oldest first. */
    List<Listed> list(UUID applicationId, String borrowerKey, Cursor after, int limit) {
        return jdbc.sql("""
                        SELECT session_id, created_at, last_used_at,
                            LEAST(ends_at, last_used_at + :idle * INTERVAL '1 second') AS expires_at
                        FROM session JOIN platform_session USING (platform_session_id)
                        WHERE application_id = :application AND borrower_key = :borrower
                        AND ends_at > now() AND last_used_at > now() - :idle * INTERVAL '1 second'
                        AND (created_at, session_id) > (:createdAt, :sessionId)
                        ORDER BY created_at, session_id
                        LIMIT :limit
                        """)
                .param("idle", seconds(lifetime.idle()))
                .param("application", applicationId)
                .param("borrower", borrowerKey)
                .param("createdAt", after.createdAt().atOffset(ZoneOffset.UTC))
                .param("sessionId", after.sessionId())
                .param("limit", limit)
                .query((row, _) -> new Listed(
                        row.getObject("session_id", UUID.class),
                        time(row, "created_at"),
                        time(row, "last_used_at"),
                        time(row, "expires_at")))
                .list();
    }

    /** Ends one session of the borrower; false if there is none. */
    boolean end(UUID sessionId, UUID applicationId, String borrowerKey) {
        return jdbc.sql("""
                        DELETE FROM session s
                        USING platform_session p
                        WHERE s.session_id = :session
                        AND s.platform_session_id = p.platform_session_id
                        AND p.application_id = :application AND p.borrower_key = :borrower
                        """)
                        .param("session", sessionId)
                        .param("application", applicationId)
                        .param("borrower", borrowerKey)
                        .update()
                == 1;
    }

    /** Ends all sessions of the borrower. */
    List<UUID> endAll(UUID applicationId, String borrowerKey) {
        return jdbc.sql("""
                        DELETE FROM session s
                        USING platform_session p
                        WHERE s.platform_session_id = p.platform_session_id
                        AND p.application_id = :application AND p.borrower_key = :borrower
                        RETURNING s.session_id
                        """)
                .param("application", applicationId)
                .param("borrower", borrowerKey)
                .query(UUID.class)
                .list();
    }

    /** The live sessions of tokens, by the tokens' hashes. */
    Map<ByteBuffer, Found> find(List<byte[]> tokenHashes) {
        return jdbc
                .sql("""
                        WITH asked AS (SELECT decode(hash, 'hex') AS token_hash FROM unnest(:hashes::text[]) AS asked (hash))
                        SELECT DISTINCT ON (t.token_hash)
                            t.token_hash, s.session_id, p.*, LEAST(s.ends_at, t.valid_until) AS ends_at,
                            s.last_used_at < now() - LEAST(:idle / 10, 30) * INTERVAL '1 second' AS use_unnoted
                        FROM asked
                        JOIN session_token t USING (token_hash)
                        JOIN session s USING (session_id)
                        JOIN platform_session p USING (platform_session_id)
                        WHERE t.valid_until > now()
                        AND s.ends_at > now() AND s.last_used_at > now() - :idle * INTERVAL '1 second'
                        ORDER BY t.token_hash, s.ends_at DESC
                        """)
                .param("hashes", hex(tokenHashes))
                .param("idle", seconds(lifetime.idle()))
                .query((row, number) -> new Found(
                        ByteBuffer.wrap(row.getBytes("token_hash")),
                        row.getObject("session_id", UUID.class),
                        PostgresPlatformSessions.row(row, number),
                        row.getString("borrower_key"),
                        time(row, "ends_at"),
                        row.getBoolean("use_unnoted")))
                .list()
                .stream()
                .collect(Collectors.toMap(Found::tokenHash, Function.identity()));
    }

    /** What is still true of sessions in use, many at a time; of one that has ended there is nothing. Notes their use. */
    List<Confirmed> confirm(List<byte[]> tokenHashes) {
        return jdbc.sql("""
                        WITH asked AS (SELECT decode(hash, 'hex') AS token_hash FROM unnest(:hashes::text[]) AS asked (hash)),
                        used AS (
                            UPDATE session
                            SET last_used_at = now()
                            WHERE session_id IN (
                                SELECT s.session_id
                                FROM asked JOIN session_token t USING (token_hash) JOIN session s USING (session_id)
                                WHERE t.valid_until > now() AND s.ends_at > now()
                                AND s.last_used_at > now() - :idle * INTERVAL '1 second'
                                AND s.last_used_at < now() - LEAST(:idle / 10, 30) * INTERVAL '1 second'
                                -- Of instances that note many at a time none waits for another.
                                FOR UPDATE OF s SKIP LOCKED))
                        SELECT t.token_hash, s.session_id, p.generation, LEAST(s.ends_at, t.valid_until) AS ends_at
                        FROM asked
                        JOIN session_token t USING (token_hash)
                        JOIN session s USING (session_id)
                        JOIN platform_session p USING (platform_session_id)
                        WHERE t.valid_until > now()
                        AND s.ends_at > now() AND s.last_used_at > now() - :idle * INTERVAL '1 second'
                        """)
                .param("hashes", hex(tokenHashes))
                .param("idle", seconds(lifetime.idle()))
                .query((row, _) -> new Confirmed(
                        ByteBuffer.wrap(row.getBytes("token_hash")),
                        row.getObject("session_id", UUID.class),
                        row.getLong("generation"),
                        time(row, "ends_at")))
                .list();
    }

    /** Of a token that several sessions hold nobody can tell whose it was, so it is noted for all of them. */
    void noteUse(List<byte[]> tokenHashes) {
        jdbc.sql("""
                        UPDATE session
                        SET last_used_at = now()
                        WHERE session_id IN (
                            SELECT s.session_id
                            FROM unnest(:hashes::text[]) AS asked (hash)
                            JOIN session_token t ON t.token_hash = decode(asked.hash, 'hex')
                            JOIN session s USING (session_id)
                            -- Who holds one of them is ending it, or using it.
                            FOR UPDATE OF s SKIP LOCKED)
                        """).param("hashes", hex(tokenHashes)).update();
    }

    /** Removes at most so many sessions that ended. */
    int deleteEnded(int most) {
        return jdbc.sql("""
                        DELETE FROM session
                        WHERE session_id IN (
                            SELECT session_id
                            FROM session
                            WHERE ends_at <= now() OR last_used_at <= now() - :idle * INTERVAL '1 second'
                            LIMIT :most)
                        """)
                .param("idle", seconds(lifetime.idle()))
                .param("most", most)
                .update();
    }

    /** Removes at most so many tokens that were replaced. */
    int deleteReplaced(int most) {
        return jdbc.sql("""
                        DELETE FROM session_token
                        WHERE (token_hash, session_id) IN (
                            SELECT token_hash, session_id FROM session_token WHERE valid_until <= now() LIMIT :most)
                        """).param("most", most).update();
    }

    private Optional<Issued> replaceToken(UUID sessionId, Grant grant) {
        var ends = grant.validUntil() == null ? null : grant.validUntil().atOffset(ZoneOffset.UTC);
        jdbc.sql("""
                        UPDATE session_token
                        SET valid_until = LEAST(valid_until, now() + :seconds * INTERVAL '1 second')
                        WHERE session_id = :session
                        """)
                .param("seconds", seconds(lifetime.replacedToken()))
                .param("session", sessionId)
                .update();
        jdbc.sql("""
                        INSERT INTO session_token (token_hash, session_id, valid_until, generation)
                        SELECT :hash, session_id, LEAST(ends_at, CAST(:ends AS timestamptz)), :generation
                        FROM session
                        WHERE session_id = :session
                        ON CONFLICT (token_hash, session_id) DO UPDATE
                        SET valid_until = excluded.valid_until
                        """)
                .param("hash", grant.token().hash())
                .param("ends", ends)
                .param("generation", grant.generation())
                .param("session", sessionId)
                .update();
        return jdbc.sql("""
                        UPDATE session
                        SET last_used_at = now()
                        WHERE session_id = :session
                        RETURNING platform_session_id,
                            LEAST(ends_at, now() + :idle * INTERVAL '1 second', CAST(:ends AS timestamptz)) AS expires_at
                        """)
                .param("idle", seconds(lifetime.idle()))
                .param("ends", ends)
                .param("session", sessionId)
                .query((row, _) -> new Issued(
                        sessionId,
                        grant.token(),
                        row.getObject("platform_session_id", UUID.class),
                        time(row, "expires_at")))
                .optional();
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(_ -> work.get()));
    }

    private static String[] hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toArray(String[]::new);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    record Issued(UUID sessionId, SessionToken token, UUID platformSessionId, Instant expiresAt) {}

    /** @param generation the newest of the platform's tokens that the session was given; 0 if none */
    record Held(UUID platformSessionId, long generation) {}

    record Listed(UUID sessionId, Instant createdAt, Instant lastUsedAt, Instant sessionExpiresAt) {}

    record Cursor(Instant createdAt, UUID sessionId) {}

    /** @param generation of the platform's tokens that are stored now */
    record Confirmed(ByteBuffer tokenHash, UUID sessionId, long generation, Instant endsAt) {}

    /** @param useUnnoted whether it is time to note that the session is in use */
    record Found(
            ByteBuffer tokenHash,
            UUID sessionId,
            StoredSession platformSession,
            String borrowerKey,
            Instant endsAt,
            boolean useUnnoted) {}
}
