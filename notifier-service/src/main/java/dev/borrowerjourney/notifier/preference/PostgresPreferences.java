package dev.borrowerjourney.notifier.preference;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of preferences: a row for each kind that is not wanted, and one for the quiet hours. */
@Repository
class PostgresPreferences implements Preferences {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    PostgresPreferences(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public PreferencesOfBorrower of(UUID applicationId, BorrowerKey borrower) {
        var off = new EnumMap<Channel, Set<Kind>>(Channel.class);
        jdbc.sql("""
                        SELECT channel, kind
                        FROM notification.notification_preference
                        WHERE application_id = ? AND borrower_key = ?
                        """).param(applicationId).param(borrower.value()).query(row -> {
            off.computeIfAbsent(Channel.valueOf(row.getString("channel")), _ -> EnumSet.noneOf(Kind.class))
                    .add(Kind.valueOf(row.getString("kind")));
        });
        return new PreferencesOfBorrower(
                off, quietHours(applicationId, borrower).orElse(null));
    }

    /** Takes the place of all that was kept of the borrower. */
    void keep(UUID applicationId, BorrowerKey borrower, PreferencesOfBorrower preferences) {
        transactions.executeWithoutResult(_ -> {
            // Of two at a time the later one is kept whole.
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended(?, 1))")
                    .param(borrower.value())
                    .query((_, _) -> true)
                    .single();
            clear("notification_preference", applicationId, borrower);
            clear("quiet_hours", applicationId, borrower);
            preferences
                    .off()
                    .forEach((channel, kinds) -> kinds.forEach(kind -> insert(applicationId, borrower, channel, kind)));
            var quiet = preferences.quietHours();
            if (quiet != null) {
                insert(applicationId, borrower, quiet);
            }
        });
    }

    /** Where the device is that was registered last and told it. */
    Optional<ZoneId> zoneOfDevice(UUID applicationId, BorrowerKey borrower) {
        return jdbc.sql("""
                        SELECT time_zone
                        FROM notification.device
                        WHERE application_id = ? AND borrower_key = ? AND time_zone IS NOT NULL
                        ORDER BY registered_at DESC
                        LIMIT 1
                        """)
                .param(applicationId)
                .param(borrower.value())
                .query((row, _) -> ZoneId.of(row.getString("time_zone")))
                .optional();
    }

    private Optional<QuietHours> quietHours(UUID applicationId, BorrowerKey borrower) {
        return jdbc.sql("""
                        SELECT quiet_from, quiet_until, time_zone
                        FROM notification.quiet_hours
                        WHERE application_id = ? AND borrower_key = ?
                        """)
                .param(applicationId)
                .param(borrower.value())
                .query((row, _) -> new QuietHours(
                        row.getObject("quiet_from", LocalTime.class),
                        row.getObject("quiet_until", LocalTime.class),
                        ZoneId.of(row.getString("time_zone"))))
                .optional();
    }

    private void clear(String table, UUID applicationId, BorrowerKey borrower) {
        jdbc.sql("DELETE FROM notification." + table + " WHERE application_id = ? AND borrower_key = ?")
                .param(applicationId)
                .param(borrower.value())
                .update();
    }

    private void insert(UUID applicationId, BorrowerKey borrower, Channel channel, Kind kind) {
        jdbc.sql("""
                        INSERT INTO notification.notification_preference (application_id, borrower_key, channel, kind)
                        VALUES (?, ?, ?, ?)
                        """)
                .param(applicationId)
                .param(borrower.value())
                .param(channel.name())
                .param(kind.name())
                .update();
    }

    private void insert(UUID applicationId, BorrowerKey borrower, QuietHours quiet) {
        jdbc.sql("""
                        INSERT INTO notification.quiet_hours
                            (application_id, borrower_key, quiet_from, quiet_until, time_zone)
                        VALUES (?, ?, ?, ?, ?)
                        """)
                .param(applicationId)
                .param(borrower.value())
                .param(quiet.from())
                .param(quiet.until())
                .param(quiet.zone().getId())
                .update();
    }
}
