package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.platform.ActiveJourney;
import dev.borrowerjourney.session.platform.PlatformSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The platform's sessions, with the lease under which one is renewed. All times are the database's. */
class PostgresPlatformSessions {

    static final String SESSION_TOKEN = "session_token_sealed";
    static final String REFRESH_TOKEN = "refresh_token_sealed";
    static final String BORROWER = "borrower_sealed";

    private final JdbcClient jdbc;
    private final TokenSeal seal;

    PostgresPlatformSessions(JdbcClient jdbc, TokenSeal seal) {
        this.jdbc = jdbc;
        this.seal = seal;
    }

    /** Makes the row unless it is there, and keeps the clean-up away from it for a while. */
    StoredSession findOrCreate(UUID newId, UUID applicationId, String borrowerKey, Sealed borrowerSealed) {
        return jdbc.sql("""
                        INSERT INTO platform_session (platform_session_id, application_id, borrower_key, borrower_sealed)
                        VALUES (:id, :application, :borrower, :sealed)
                        ON CONFLICT (application_id, borrower_key) DO UPDATE
                        SET touched_at = now()
                        RETURNING *
                        """)
                .param("id", newId)
                .param("application", applicationId)
                .param("borrower", borrowerKey)
                .param("sealed", borrowerSealed.bytes())
                .query(PostgresPlatformSessions::row)
                .single();
    }

    Optional<StoredSession> find(UUID id) {
        return jdbc.sql("SELECT * FROM platform_session WHERE platform_session_id = :id")
                .param("id", id)
                .query(PostgresPlatformSessions::row)
                .optional();
    }

    /**
     * Takes the lease; empty if another caller holds it, or if tokens newer than the ones seen were saved meanwhile.
     *
     * @param seen the generation that has to be replaced
     */
    OptionalLong lease(UUID id, long seen, Duration length) {
        return jdbc.sql("""
                        UPDATE platform_session
                        SET fence = fence + 1, lease_until = now() + :seconds * INTERVAL '1 second', touched_at = now()
                        WHERE platform_session_id = :id
                        AND generation <= :seen
                        AND (lease_until IS NULL OR lease_until <= now())
                        RETURNING fence
                        """)
                .param("seconds", length.toMillis() / 1000.0)
                .param("id", id)
                .param("seen", seen)
                .query(Long.class)
                .optional()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** Saves what the platform answered; false if another lease was given since. */
    boolean save(UUID id, long fence, PlatformSession session) {
        var active = session.activeJourney();
        return jdbc.sql("""
                        UPDATE platform_session
                        SET session_token_sealed = :sessionToken, refresh_token_sealed = :refreshToken,
                            session_expires_at = :sessionExpiresAt, refresh_expires_at = :refreshExpiresAt,
                            active_journey_id = :journeyId, active_status = :status, active_next_action = :nextAction,
                            generation = fence, lease_until = NULL, renewed_at = now(), touched_at = now()
                        WHERE platform_session_id = :id
                        AND fence = :fence
                        """)
                        .param(
                                "sessionToken",
                                seal.seal(session.sessionToken(), id, SESSION_TOKEN)
                                        .bytes())
                        .param(
                                "refreshToken",
                                seal.seal(session.refreshToken(), id, REFRESH_TOKEN)
                                        .bytes())
                        .param("sessionExpiresAt", session.sessionExpiresAt().atOffset(ZoneOffset.UTC))
                        .param("refreshExpiresAt", session.refreshExpiresAt().atOffset(ZoneOffset.UTC))
                        .param("journeyId", active == null ? null : active.journeyId())
                        .param("status", active == null ? null : active.status())
                        .param("nextAction", active == null ? null : active.nextAction())
                        .param("id", id)
                        .param("fence", fence)
                        .update()
                == 1;
    }

    /** Gives the lease back, so that the next caller need not wait for its end. */
    void release(UUID id, long fence) {
        jdbc.sql("""
                        UPDATE platform_session
                        SET lease_until = NULL
                        WHERE platform_session_id = :id
                        AND fence = :fence
                        """).param("id", id).param("fence", fence).update();
    }

    /** Forgets a refresh token that the platform refused, and gives the lease back. */
    void forgetRefreshToken(UUID id, long fence) {
        jdbc.sql("""
                        UPDATE platform_session
                        SET refresh_token_sealed = NULL, refresh_expires_at = NULL, lease_until = NULL
                        WHERE platform_session_id = :id
                        AND fence = :fence
                        """).param("id", id).param("fence", fence).update();
    }

    /** Erases the platform's tokens of at most so many borrowers who have no session here any more. */
    int deleteOrphans(Duration untouched, int most) {
        return jdbc.sql("""
                        DELETE FROM platform_session
                        WHERE platform_session_id IN (
                            SELECT platform_session_id
                            FROM platform_session p
                            WHERE touched_at < now() - :seconds * INTERVAL '1 second'
                            AND (lease_until IS NULL OR lease_until <= now())
                            AND NOT EXISTS (SELECT FROM session s WHERE s.platform_session_id = p.platform_session_id)
                            LIMIT :most
                            FOR UPDATE SKIP LOCKED)
                        """)
                .param("seconds", untouched.toMillis() / 1000.0)
                .param("most", most)
                .update();
    }

    static StoredSession row(ResultSet row, int number) throws SQLException {
        var journeyId = row.getString("active_journey_id");
        return new StoredSession(
                row.getObject("platform_session_id", UUID.class),
                row.getObject("application_id", UUID.class),
                Sealed.of(row.getBytes(BORROWER)),
                sealed(row, SESSION_TOKEN),
                instant(row, "session_expires_at"),
                sealed(row, REFRESH_TOKEN),
                instant(row, "refresh_expires_at"),
                journeyId == null
                        ? null
                        : new ActiveJourney(
                                journeyId, row.getString("active_status"), row.getString("active_next_action")),
                row.getLong("generation"));
    }

    private static @Nullable Sealed sealed(ResultSet row, String column) throws SQLException {
        var bytes = row.getBytes(column);
        return bytes == null ? null : Sealed.of(bytes);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
