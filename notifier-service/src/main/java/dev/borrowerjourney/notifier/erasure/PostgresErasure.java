package dev.borrowerjourney.notifier.erasure;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Everything in this service's tables that is one borrower's. */
class PostgresErasure {

    private final JdbcClient jdbc;

    PostgresErasure(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In one statement: nobody is told of anything by what is left of it, but for calls that are under way already. */
    Forgotten forget(BorrowerKey borrower) {
        return jdbc.sql("""
                        WITH devices AS (
                            DELETE FROM notification.device WHERE borrower_key = :borrower RETURNING 1
                        ), kinds AS (
                            DELETE FROM notification.notification_preference WHERE borrower_key = :borrower RETURNING 1
                        ), hours AS (
                            DELETE FROM notification.quiet_hours WHERE borrower_key = :borrower RETURNING 1
                        ), notifications AS (
                            DELETE FROM notification.notification WHERE borrower_key = :borrower RETURNING 1
                        ), acknowledgements AS (
                            DELETE FROM notification.acknowledgement WHERE borrower_key = :borrower RETURNING 1
                        ), tickets AS (
                            DELETE FROM notification.ticket WHERE borrower_key = :borrower RETURNING 1
                        ), streams AS (
                            DELETE FROM notification.open_stream WHERE borrower_key = :borrower RETURNING 1
                        )
                        SELECT (SELECT count(*) FROM devices) AS devices,
                            (SELECT count(*) FROM kinds) + (SELECT count(*) FROM hours) AS preferences,
                            (SELECT count(*) FROM notifications) AS notifications,
                            (SELECT count(*) FROM acknowledgements) AS acknowledgements,
                            (SELECT count(*) FROM tickets) AS tickets,
                            (SELECT count(*) FROM streams) AS open_streams
                        """)
                .param("borrower", borrower.value())
                .query(Forgotten.class)
                .single();
    }
}
