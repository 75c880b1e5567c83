package dev.borrowerjourney.notifier.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.preference.PreferencesOfBorrower;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;

/** One notification of one device, and a worker that brings it on. */
abstract class DeliverySteps {

    static final Duration LEASE = Duration.ofMinutes(5);
    static final int MAX_ATTEMPTS = 3;

    final Scene scene = new Scene();
    final Samples samples = new Samples();
    final NotificationMetrics metrics = new NotificationMetrics(new SimpleMeterRegistry());
    PreferencesOfBorrower preferences = PreferencesOfBorrower.DEFAULTS;

    final Delivery delivery = new Delivery(
            new Delivery.Tools(scene.notifications, scene, (_, _) -> preferences, scene),
            Settings.occasions(),
            new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(10), new Random(1)),
            MAX_ATTEMPTS,
            metrics,
            Clock.systemUTC());

    @BeforeEach
    void register() {
        scene.register(samples);
    }

    Device device() {
        return scene.of(samples.device().applicationId(), samples.borrower).getFirst();
    }

    void heard(long version) {
        assertThat(scene.notifications.add(List.of(scene.offersReady(samples, version))))
                .isEqualTo(1);
    }

    Claim claim() {
        return scene.notifications.claim(1_000, LEASE).claims().stream()
                .filter(claim -> claim.deviceId().equals(samples.deviceId))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    boolean over() {
        return scene.jdbc
                .sql("SELECT bool_and(outcome IS NOT NULL) FROM notification WHERE device_id = ?")
                .param(samples.deviceId)
                .query(Boolean.class)
                .single();
    }

    Instant nextAt() {
        return nextAt(samples);
    }

    Instant nextAt(Samples of) {
        return scene.jdbc
                .sql("SELECT next_at FROM notification WHERE device_id = ?")
                .param(of.deviceId)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }
}
