package dev.borrowerjourney.notifier.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tickets of all instances. One opens one stream, at whichever instance it is shown first; the table holds hashes only. */
class PostgresTickets {

    private static final Duration LIFE = Duration.ofSeconds(30);
    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    PostgresTickets(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Ticket issue(Borrower borrower) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        var expiresAt = now.plus(LIFE);
        jdbc.sql("DELETE FROM notification.ticket WHERE usable_until < ?")
                .param(at(now))
                .update();
        jdbc.sql("""
                        INSERT INTO notification.ticket
                            (ticket_hash, borrower_key, application_id, token_until, usable_until)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                .param(hash(ticket))
                .param(borrower.key().value())
                .param(borrower.applicationId())
                .param(at(borrower.until()))
                .param(at(expiresAt))
                .update();
        return new Ticket(ticket, expiresAt);
    }

    /** Whose ticket it is; nobody's if it is unknown, used or too old. It is used from here on. */
    Optional<Borrower> redeem(String ticket) {
        return jdbc.sql("""
                        DELETE FROM notification.ticket
                        WHERE ticket_hash = ?
                        RETURNING borrower_key, application_id, token_until, usable_until
                        """)
                .param(hash(ticket))
                .query((row, _) -> borrower(row))
                .optional()
                .flatMap(found -> found);
    }

    private Optional<Borrower> borrower(ResultSet row) throws SQLException {
        if (!row.getTimestamp("usable_until").toInstant().isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(new Borrower(
                new BorrowerKey(row.getString("borrower_key")),
                row.getObject("application_id", UUID.class),
                row.getTimestamp("token_until").toInstant()));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
