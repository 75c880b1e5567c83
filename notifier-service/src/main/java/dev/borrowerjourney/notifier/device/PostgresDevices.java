package dev.borrowerjourney.notifier.device;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.identity.Borrower;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of devices. Addresses lie in it sealed, and are found by their hash. */
class PostgresDevices implements Devices {

    private static final Logger log = LoggerFactory.getLogger(PostgresDevices.class);
    private static final int TRIES = 5;
    private static final String COLUMNS = """
            application_id, device_id, registration_id, borrower_key, channel, sealed_address, server_key, locale,
                time_zone, registered_at
            """;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final AddressSeal seal;
    private final InstantSource clock;
    private final int maxPerBorrower;

    PostgresDevices(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            AddressSeal seal,
            InstantSource clock,
            int maxPerBorrower) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.seal = seal;
        this.clock = clock;
        this.maxPerBorrower = maxPerBorrower;
    }

    /**
     * A row without its address.
     *
     * @param serverKey null unless it is a Web Push subscription
     * @param timeZone null if the app did not tell
     */
    record Row(
            String deviceId,
            Channel channel,
            @Nullable String serverKey,
            String locale,
            @Nullable String timeZone,
            Instant registeredAt) {}

    /** Makes the device the borrower's, and the address the device's, whomever they belonged to before. */
    void register(Borrower borrower, Registration registration) {
        for (int tried = 1; ; tried++) {
            try {
                transactions.executeWithoutResult(_ -> replace(borrower, registration));
                return;
            } catch (DuplicateKeyException | PessimisticLockingFailureException e) {
                // Two devices that take each other's address at once wait for each other.
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    Optional<Row> row(Borrower borrower, String deviceId) {
        return jdbc.sql("SELECT " + COLUMNS + """
                        FROM notification.device
                        WHERE application_id = ? AND device_id = ? AND borrower_key = ?
                        """)
                .param(borrower.applicationId())
                .param(deviceId)
                .param(borrower.key().value())
                .query((row, _) -> new Row(
                        row.getString("device_id"),
                        Channel.valueOf(row.getString("channel")),
                        row.getString("server_key"),
                        row.getString("locale"),
                        row.getString("time_zone"),
                        row.getTimestamp("registered_at").toInstant()))
                .optional();
    }

    /** Returns whether the borrower had such a device. */
    boolean remove(Borrower borrower, String deviceId) {
        return jdbc.sql("""
                        DELETE FROM notification.device
                        WHERE application_id = ? AND device_id = ? AND borrower_key = ?
                        """)
                        .param(borrower.applicationId())
                        .param(deviceId)
                        .param(borrower.key().value())
                        .update()
                == 1;
    }

    @Override
    public List<Device> of(UUID applicationId, BorrowerKey borrower) {
        return jdbc
                .sql("SELECT " + COLUMNS + """
                        FROM notification.device
                        WHERE application_id = ? AND borrower_key = ?
                        ORDER BY registered_at DESC, device_id
                        """)
                .param(applicationId)
                .param(borrower.value())
                .query((row, _) -> device(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<Device> find(UUID applicationId, String deviceId) {
        return jdbc.sql("SELECT " + COLUMNS + "FROM notification.device WHERE application_id = ? AND device_id = ?")
                .param(applicationId)
                .param(deviceId)
                .query((row, _) -> device(row))
                .optional()
                .flatMap(found -> found);
    }

    @Override
    public void gone(Device device) {
        jdbc.sql("DELETE FROM notification.device WHERE registration_id = ?")
                .param(device.registrationId())
                .update();
    }

    private void replace(Borrower borrower, Registration registration) {
        var hash = hash(registration.channel() + "\u001f"
                + Addresses.where(registration.address()).reveal());
        oneByOne(borrower, registration, hash);
        jdbc.sql("""
                        DELETE FROM notification.device
                        WHERE address_hash = ? AND (application_id, device_id) <> (?, ?)
                        """)
                .param(hash)
                .param(borrower.applicationId())
                .param(registration.deviceId())
                .update();
        keep(borrower, registration, hash);
        jdbc.sql("""
                        DELETE FROM notification.device
                        WHERE registration_id IN (
                            SELECT registration_id
                            FROM notification.device
                            WHERE application_id = ? AND borrower_key = ?
                            ORDER BY registered_at DESC, registration_id
                            OFFSET ?)
                        """)
                .param(borrower.applicationId())
                .param(borrower.key().value())
                .param(maxPerBorrower)
                .update();
    }

    private void keep(Borrower borrower, Registration registration, byte[] hash) {
        var registrationId = UUID.randomUUID();
        var zone = registration.timeZone();
        jdbc.sql("""
                        INSERT INTO notification.device (application_id, device_id, registration_id, borrower_key,
                            channel, address_hash, sealed_address, push_host, server_key, locale, time_zone,
                            registered_at, owned_since)
                        VALUES (:application, :device, :registration, :borrower,
                            :channel, :hash, :address, :host, :serverKey, :locale, :zone,
                            :now, :now)
                        ON CONFLICT (application_id, device_id) DO UPDATE
                        SET owned_since = CASE WHEN device.borrower_key = excluded.borrower_key
                                THEN device.owned_since ELSE excluded.owned_since END,
                            (registration_id, borrower_key, channel, address_hash, sealed_address, push_host, server_key,
                                locale, time_zone, registered_at)
                            = (excluded.registration_id, excluded.borrower_key, excluded.channel,
                                excluded.address_hash, excluded.sealed_address, excluded.push_host, excluded.server_key,
                                excluded.locale, excluded.time_zone, excluded.registered_at)
                        """)
                .param("application", borrower.applicationId())
                .param("device", registration.deviceId())
                .param("registration", registrationId)
                .param("borrower", borrower.key().value())
                .param("channel", registration.channel().name())
                .param("hash", hash)
                .param("address", seal.seal(Addresses.text(registration.address()), registrationId))
                .param("host", Addresses.host(registration.address()))
                .param("serverKey", Addresses.serverKey(registration.address()))
                .param("locale", registration.locale().toLanguageTag())
                .param("zone", zone == null ? null : zone.getId())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private Optional<Device> device(ResultSet row) throws SQLException {
        var registrationId = row.getObject("registration_id", UUID.class);
        var opened = seal.open(row.getBytes("sealed_address"), registrationId);
        if (opened.isEmpty()) {
            log.warn("The address of a device does not open: its key is missing. The device is left out.");
            return Optional.empty();
        }
        return Optional.of(new Device(
                row.getString("device_id"),
                registrationId,
                row.getObject("application_id", UUID.class),
                new BorrowerKey(row.getString("borrower_key")),
                Channel.valueOf(row.getString("channel")),
                Locale.forLanguageTag(row.getString("locale")),
                row.getTimestamp("registered_at").toInstant(),
                address(opened.orElseThrow(), row.getString("server_key"))));
    }

    private static Address address(Secret text, @Nullable String serverKey) {
        return serverKey == null ? new Address.Token(text) : Addresses.subscription(text, serverKey);
    }

    /** Two registrations with the same borrower, device or address would each count without the other. */
    private void oneByOne(Borrower borrower, Registration registration, byte[] hash) {
        var device = borrower.applicationId() + "\u001f" + registration.deviceId();
        // In one order always, so that none waits for one that waits for it.
        LongStream.of(number(hash), number(hash(borrower.key().value())), number(hash(device)))
                .sorted()
                .forEach(lock -> jdbc.sql("SELECT pg_advisory_xact_lock(?)")
                        .param(lock)
                        .query((_, _) -> true)
                        .single());
    }

    private static long number(byte[] hash) {
        return ByteBuffer.wrap(hash).getLong();
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
