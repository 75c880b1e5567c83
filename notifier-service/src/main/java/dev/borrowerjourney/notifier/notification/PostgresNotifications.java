package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.notification.Facts.Current;
import dev.borrowerjourney.notifier.notification.Occasions.Core;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which device is to be told of which change, and who is at it. Leases are measured by the database's clock. */
class PostgresNotifications {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresNotifications.class);

    private static final String COMPLETED = "outcome = :outcome, completed_at = now()";

    /** By so much the clock of who changed the journey may be behind that of who registered the device. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    private final JdbcClient jdbc;

    PostgresNotifications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Adds a row for each device that the borrower had when it changed; returns how many there were not before. */
    int add(List<Due> due) {
        return jdbc.sql("""
                        INSERT INTO notification.notification (change_id, device_id, application_id, borrower_key,
                            journey_id, version, kind, channel, due_at, expires_at, next_at)
                        SELECT c.change_id, d.device_id, c.application_id, c.borrower_key, c.journey_id, c.version,
                            c.kind, d.channel, c.due_at, c.expires_at, c.due_at
                        FROM unnest(:changes::uuid[], :applications::uuid[], :borrowers::text[], :journeys::text[],
                            :versions::bigint[], :kinds::text[], :changed::timestamptz[], :due::timestamptz[],
                            :expires::timestamptz[])
                            AS c (change_id, application_id, borrower_key, journey_id, version, kind, changed_at,
                                due_at, expires_at)
                        JOIN notification.device d
                            ON d.application_id = c.application_id AND d.borrower_key = c.borrower_key
                            AND d.owned_since <= c.changed_at + :tolerance * INTERVAL '1 millisecond'
                        ON CONFLICT DO NOTHING
                        """)
                .param("changes", texts(due, Due::changeId))
                .param("applications", texts(due, Due::applicationId))
                .param("borrowers", texts(due, Due::borrower))
                .param("journeys", texts(due, Due::journeyId))
                .param("versions", texts(due, Due::version))
                .param("kinds", texts(due, Due::kind))
                .param("changed", texts(due, Due::changedAt))
                .param("due", texts(due, Due::dueAt))
                .param("expires", texts(due, Due::expiresAt))
                .param("tolerance", CLOCKS.toMillis())
                .update();
    }

    /** @param setAside how many nobody had understood until their time to live had passed, and have ended */
    record Claimed(List<Claim> claims, int setAside) {}

    /**
     * Takes notifications that are due, the longest due first. Other workers pass over them until the lease ends. One that
     * this version of the service does not understand is taken and left out: the next lease may be of another version.
     */
    Claimed claim(int most, Duration lease) {
        var rows = jdbc.sql("""
                        WITH due AS MATERIALIZED (
                            SELECT change_id, device_id
                            FROM notification.notification
                            WHERE outcome IS NULL AND next_at <= now()
                            ORDER BY next_at
                            LIMIT :most
                            FOR UPDATE SKIP LOCKED
                        )
                        UPDATE notification.notification n
                        SET next_at = now() + :lease * INTERVAL '1 millisecond', fence = n.fence + 1
                        FROM due
                        WHERE n.change_id = due.change_id AND n.device_id = due.device_id
                        RETURNING n.*, n.expires_at <= now() AS expired
                        """)
                .param("lease", lease.toMillis())
                .param("most", most)
                .query(PostgresNotifications::row)
                .list();
        var claims = rows.stream().flatMap(row -> row.claim().stream()).toList();
        var setAside = rows.stream()
                .filter(row -> row.claim().isEmpty() && row.expired() && setAside(row))
                .count();
        return new Claimed(claims, Math.toIntExact(setAside));
    }

    private boolean setAside(Row row) {
        return end(row.id(), row.begun() + 1, Outcome.EXPIRED, COMPLETED, Duration.ZERO);
    }

    /** How things stand now, in one look. */
    Facts facts(Claim claim) {
        return jdbc.sql("""
                        SELECT c.version, c.status, c.next_action,
                            coalesce((SELECT a.version
                                FROM notification.acknowledgement a
                                WHERE a.borrower_key = :borrower AND a.journey_id = :journey), 0) AS acknowledged,
                            EXISTS (SELECT
                                FROM notification.notification n
                                WHERE n.borrower_key = :borrower AND n.journey_id = :journey
                                AND n.device_id = :device AND n.version > :version) AS newer,
                            (SELECT d.channel
                                FROM notification.device d
                                WHERE d.application_id = :application AND d.device_id = :device
                                AND d.borrower_key = :borrower) AS channel
                        FROM (VALUES (:key)) AS wanted (journey_key)
                        LEFT JOIN journey.current_journey c ON c.journey_key = wanted.journey_key
                        """)
                .param("borrower", claim.borrower().value())
                .param("journey", claim.journeyId())
                .param("application", claim.applicationId())
                .param("device", claim.deviceId())
                .param("version", claim.version())
                .param("key", claim.borrower().journeyKey(claim.journeyId()))
                .query(PostgresNotifications::facts)
                .single();
    }

    /**
     * Notes that a call is about to be made; false if a later claim was given meanwhile, or if the device was registered
     * again or removed, or the change was shown, since one has looked.
     */
    boolean begin(Claim claim, UUID registrationId) {
        return jdbc.sql("""
                        UPDATE notification.notification n
                        SET begun = begun + 1
                        WHERE change_id = :change AND device_id = :device AND fence = :fence AND outcome IS NULL
                        AND EXISTS (SELECT
                            FROM notification.device d
                            WHERE d.registration_id = :registration AND d.borrower_key = n.borrower_key)
                        AND NOT EXISTS (SELECT
                            FROM notification.acknowledgement a
                            WHERE a.borrower_key = n.borrower_key AND a.journey_id = n.journey_id
                            AND a.version >= n.version)
                        """)
                        .param("registration", registrationId)
                        .param("change", claim.changeId())
                        .param("device", claim.deviceId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
    }

    /** Notes what became of an attempt that was the last one; false if a later claim was given meanwhile. */
    boolean complete(Claim claim, int attempt, Outcome outcome) {
        return end(Id.of(claim), attempt, outcome, COMPLETED, Duration.ZERO);
    }

    /**
     * Notes what became of an attempt after which there is another one, or the end of the time to live; false if a later
     * claim was given meanwhile.
     */
    boolean again(Claim claim, int attempt, Outcome outcome, Duration pause) {
        var change = "next_at = least(now() + :pause * INTERVAL '1 millisecond', expires_at)";
        return end(Id.of(claim), attempt, outcome, change, pause);
    }

    /** Notes that the answer to the call before was lost, without letting go. */
    boolean lost(Claim claim) {
        return end(Id.of(claim), claim.begun(), Outcome.UNKNOWN, "next_at = next_at", Duration.ZERO);
    }

    private boolean end(Id id, int attempt, Outcome outcome, String change, Duration pause) {
        return jdbc.sql("""
                        WITH kept AS (
                            UPDATE notification.notification
                            SET ended = :attempt, %s
                            WHERE change_id = :change AND device_id = :device AND fence = :fence AND outcome IS NULL
                            RETURNING change_id, device_id
                        )
                        INSERT INTO notification.delivery (change_id, device_id, attempt, outcome)
                        SELECT change_id, device_id, :attempt, :outcome FROM kept
                        """.formatted(change))
                        .param("attempt", attempt)
                        .param("pause", pause.toMillis())
                        .param("outcome", outcome.name())
                        .param("change", id.changeId())
                        .param("device", id.deviceId())
                        .param("fence", id.fence())
                        .update()
                == 1;
    }

    /** Lets go of it until then, or the end of its time to live; false if a later claim was given meanwhile. */
    boolean defer(Claim claim, Instant until) {
        return letGo(claim, "next_at = least(:until, expires_at)", until);
    }

    /** Lets go of what was begun, and then not sent to anybody: no attempt was made. */
    boolean takeBack(Claim claim, Instant until) {
        return letGo(claim, "begun = begun - 1, next_at = least(:until, expires_at)", until);
    }

    private boolean letGo(Claim claim, String change, Instant until) {
        return jdbc.sql("""
                        UPDATE notification.notification
                        SET %s
                        WHERE change_id = :change AND device_id = :device AND fence = :fence AND outcome IS NULL
                        """.formatted(change))
                        .param("until", offset(until))
                        .param("change", claim.changeId())
                        .param("device", claim.deviceId())
                        .param("fence", claim.fence())
                        .update()
                == 1;
    }

    static OffsetDateTime offset(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Which one, and by which claim. */
    private record Id(UUID changeId, String deviceId, long fence) {

        static Id of(Claim claim) {
            return new Id(claim.changeId(), claim.deviceId(), claim.fence());
        }
    }

    /** @param claim nothing if it is not understood */
    private record Row(Id id, int begun, boolean expired, Optional<Claim> claim) {}

    private static Row row(ResultSet row, int number) throws SQLException {
        var id = new Id(row.getObject("change_id", UUID.class), row.getString("device_id"), row.getLong("fence"));
        var expired = row.getBoolean("expired");
        try {
            return new Row(id, row.getInt("begun"), expired, Optional.of(claim(row)));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Notification of change {} is {}: {}",
                    id.changeId(),
                    expired ? "set aside" : "left to its lease",
                    e.getMessage());
            return new Row(id, row.getInt("begun"), expired, Optional.empty());
        }
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getObject("change_id", UUID.class),
                row.getString("device_id"),
                row.getObject("application_id", UUID.class),
                new BorrowerKey(row.getString("borrower_key")),
                row.getString("journey_id"),
                row.getLong("version"),
                Kind.valueOf(row.getString("kind")),
                Channel.valueOf(row.getString("channel")),
                instant(row, "due_at"),
                instant(row, "expires_at"),
                row.getLong("fence"),
                row.getInt("begun"),
                row.getInt("ended"));
    }

    private static Facts facts(ResultSet row, int number) throws SQLException {
        var status = row.getString("status");
        var current = status == null
                ? null
                : new Current(row.getLong("version"), new Core(status, row.getString("next_action")));
        var channel = row.getString("channel");
        return new Facts(
                row.getLong("acknowledged"),
                current,
                row.getBoolean("newer"),
                channel != null,
                channel == null ? null : Channel.named(channel).orElse(null));
    }

    /** The driver knows arrays of hardly anything else; the statement says what they are. */
    private static String[] texts(List<Due> due, Function<Due, Object> value) {
        return due.stream().map(value).map(Object::toString).toArray(String[]::new);
    }
}
