package dev.borrowerjourney.notifier.notification;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.device.Devices;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.notifier.push.Push;
import dev.borrowerjourney.notifier.push.PushOutcome;
import dev.borrowerjourney.notifier.push.PushSender;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.header.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of notifications in the shared database, with the devices and journeys of the read model that a test puts there. */
final class Scene implements Devices, PushSender {

    final JdbcClient jdbc;
    final PostgresNotifications notifications;
    final PostgresUpkeep upkeep;
    final List<Push> sent = new CopyOnWriteArrayList<>();

    /** What the push service answers; accepted once these are used up. */
    final Queue<PushOutcome> answers = new ArrayDeque<>();

    /** Done as soon as a device is found, which is after everything was looked at. */
    Runnable found = () -> {};

    /** Done as soon as a push is ready, after which nothing is left to do but to look once more, and to call. */
    Runnable prepared = () -> {};

    private final List<Device> devices = new CopyOnWriteArrayList<>();

    Scene() {
        jdbc = JdbcClient.create(Shared.NOTIFIER);
        notifications = new PostgresNotifications(jdbc);
        upkeep = new PostgresUpkeep(jdbc);
    }

    private static final class Shared {

        static final DataSource NOTIFIER = notifier();
        static final ReadModel MODEL = ReadModel.in(TestDatabase.shared().as("bj_projector"));

        private static DataSource notifier() {
            var pool = new HikariDataSource();
            pool.setDataSource(TestDatabase.shared().as("bj_notifier"));
            Flyway.configure()
                    .dataSource(pool)
                    .defaultSchema("notification")
                    .load()
                    .migrate();
            return pool;
        }
    }

    /** The borrower has the device since the beginning of the year. */
    void register(Samples samples) {
        register(samples.device());
    }

    void register(Device device) {
        devices.add(device);
        jdbc.sql("""
                        INSERT INTO device (application_id, device_id, registration_id, borrower_key, channel,
                            address_hash, sealed_address, locale, registered_at,
                            owned_since)
                        VALUES (:application, :device, :registration, :borrower, :channel, :hash, :sealed, 'en', :at, :at)
                        """)
                .param("application", device.applicationId())
                .param("device", device.deviceId())
                .param("registration", device.registrationId())
                .param("borrower", device.borrower().value())
                .param("channel", device.channel().name())
                .param("hash", device.registrationId().toString().getBytes(UTF_8))
                .param("sealed", new byte[1])
                .param("at", device.registeredAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A change that is due now, of a journey that the read model has so. */
    Due offersReady(Samples samples, long version) {
        Shared.MODEL.keep(
                samples.borrower, APPLICATION, samples.journeyId, version, "OFFERS_AVAILABLE", "VIEW_OFFERS", "null");
        return due(samples, version, Instant.now());
    }

    static Due due(Samples samples, long version, Instant changedAt) {
        return new Due(
                EventIds.change(samples.borrower, samples.journeyId, version),
                APPLICATION,
                samples.borrower,
                samples.journeyId,
                version,
                Kind.OFFERS_READY,
                changedAt,
                changedAt.minusSeconds(1),
                changedAt.plus(Duration.ofHours(24)));
    }

    void movedOn(Samples samples, long version, String status) {
        Shared.MODEL.keep(samples.borrower, APPLICATION, samples.journeyId, version, status, "null");
    }

    void acknowledged(Samples samples, long version) {
        jdbc.sql("INSERT INTO acknowledgement VALUES (?, ?, ?, ?)")
                .param(samples.borrower.value())
                .param(samples.journeyId)
                .param(version)
                .param(OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }

    /** The lease of whoever has it ends now, and a pause is over. */
    void timePasses(Samples samples) {
        jdbc.sql("UPDATE notification SET next_at = now() WHERE device_id = ?")
                .param(samples.deviceId)
                .update();
    }

    List<String> told(Samples samples) {
        return jdbc.sql("SELECT attempt || ' ' || outcome FROM delivery WHERE device_id = ? ORDER BY attempt")
                .param(samples.deviceId)
                .query(String.class)
                .list();
    }

    /** As with a keyset that has lost the key. */
    void close(Device device) {
        devices.remove(device);
    }

    void open(Device device) {
        devices.add(device);
    }

    @Override
    public List<Device> of(UUID applicationId, BorrowerKey borrower) {
        return devices.stream()
                .filter(device -> device.borrower().equals(borrower))
                .toList();
    }

    @Override
    public Optional<Device> find(UUID applicationId, String deviceId) {
        var device = devices.stream()
                .filter(each -> each.deviceId().equals(deviceId))
                .findFirst();
        found.run();
        return device;
    }

    @Override
    public void gone(Device device) {
        devices.remove(device);
        jdbc.sql("DELETE FROM device WHERE registration_id = ?")
                .param(device.registrationId())
                .update();
    }

    @Override
    public Ready prepare(Push push, Device device) {
        prepared.run();
        return () -> {
            sent.add(push);
            var answer = answers.poll();
            return answer == null ? new PushOutcome.Accepted("accepted") : answer;
        };
    }
}
