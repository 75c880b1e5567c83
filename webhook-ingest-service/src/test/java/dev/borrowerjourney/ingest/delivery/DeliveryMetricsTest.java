package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.NOW;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.PREVIOUS;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.ingest.delivery.Receipt.Postponed;
import dev.borrowerjourney.ingest.delivery.Receipt.Postponement;
import dev.borrowerjourney.ingest.delivery.Receipt.Published;
import dev.borrowerjourney.ingest.delivery.Receipt.Quarantined;
import dev.borrowerjourney.ingest.delivery.Receipt.Refusal;
import dev.borrowerjourney.ingest.delivery.Receipt.Refused;
import dev.borrowerjourney.ingest.snapshot.QuarantineReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeliveryMetricsTest {

    static final WebhookSecret NEW = secret("current", CURRENT);
    static final WebhookSecret OLD = secret("previous", PREVIOUS);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Instant now = NOW;
    final InstantSource source = () -> now;
    final Clock clock = source.withZone(ZoneOffset.UTC);
    final DeliveryMetrics metrics = new DeliveryMetrics(meters, Set.of(APPLICATION), new InFlight(1000, 10), clock);

    /** An alert on an increase misses the first one of a series that begins with it. */
    @Test
    void hasEverySeriesOfAnApplicationFromTheStart() {
        for (var refusal : Refusal.values()) {
            assertThat(deliveries(APPLICATION.toString(), "refused", refusal)).isZero();
        }
        for (var reason : QuarantineReason.values()) {
            assertThat(deliveries(APPLICATION.toString(), "quarantined", reason))
                    .isZero();
        }
        for (var postponement : Postponement.values()) {
            assertThat(deliveries(APPLICATION.toString(), "postponed", postponement))
                    .isZero();
        }
    }

    @Test
    void countsWhatBecameOfDeliveries() {
        metrics.answered(APPLICATION, new Published(), Duration.ofMillis(3));
        metrics.answered(APPLICATION, new Quarantined(QuarantineReason.NOT_JSON), Duration.ZERO);
        metrics.answered(APPLICATION, Refused.of(Refusal.FORGED), Duration.ZERO);
        metrics.answered(APPLICATION, Refused.of(Refusal.FORGED), Duration.ZERO);
        metrics.answered(APPLICATION, new Postponed(Postponement.LOG_TOO_SLOW), Duration.ZERO);

        assertThat(deliveries(APPLICATION.toString(), "quarantined", QuarantineReason.NOT_JSON))
                .isEqualTo(1);
        assertThat(deliveries(APPLICATION.toString(), "refused", Refusal.FORGED))
                .isEqualTo(2);
        assertThat(deliveries(APPLICATION.toString(), "postponed", Postponement.LOG_TOO_SLOW))
                .isEqualTo(1);
        assertThat(meters.get("ingest.deliveries")
                        .tag("reason", "NONE")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("ingest.acknowledgement")
                        .tag("outcome", "published")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
    }

    /** Whoever invents application ids must not make series. */
    @Test
    void countsApplicationsThatAreNotOursAsOne() {
        metrics.answered(null, Refused.of(Refusal.MALFORMED_HEADERS), Duration.ZERO);
        metrics.answered(UUID.randomUUID(), Refused.of(Refusal.UNKNOWN_APPLICATION), Duration.ZERO);
        int series = meters.getMeters().size();

        metrics.answered(UUID.randomUUID(), Refused.of(Refusal.UNKNOWN_APPLICATION), Duration.ZERO);

        assertThat(meters.getMeters()).hasSize(series);
        assertThat(deliveries("unknown", "refused", Refusal.UNKNOWN_APPLICATION))
                .isEqualTo(2);
    }

    @Test
    void tellsWhichSecretIsStillInUse() {
        metrics.live(keys(NEW, OLD));

        metrics.verified(APPLICATION, OLD, NOW);

        assertThat(meters.get("ingest.verified")
                        .tag("secret", "previous")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(lastUsed("previous")).isEqualTo((double) NOW.getEpochSecond());
        assertThat(lastUsed("current")).isZero();
    }

    @Test
    void forgetsSecretWithItsFile() {
        metrics.live(keys(NEW, OLD));
        metrics.verified(APPLICATION, NEW, NOW);

        metrics.live(keys(NEW));
        metrics.verified(APPLICATION, OLD, NOW);

        assertThat(meters.find("ingest.verified").tag("secret", "previous").meters())
                .isEmpty();
        assertThat(meters.find("ingest.secret.last-used")
                        .tag("secret", "previous")
                        .meters())
                .isEmpty();
        assertThat(lastUsed("current")).isEqualTo((double) NOW.getEpochSecond());
    }

    @Test
    void tellsForHowLongNothingAuthenticCame() {
        now = NOW.plusSeconds(60);
        assertThat(silence()).isEqualTo(60);

        metrics.verified(APPLICATION, NEW, now);
        assertThat(silence()).isZero();

        metrics.answered(APPLICATION, Refused.of(Refusal.FORGED), Duration.ZERO);
        now = NOW.plusSeconds(90);
        assertThat(silence()).isEqualTo(30);
    }

    private static Map<UUID, ApplicationKeys> keys(WebhookSecret... secrets) {
        return Map.of(
                APPLICATION, new ApplicationKeys(TENANT, APPLICATION, Arrays.asList(secrets), DeliveryFixtures.seal()));
    }

    private double deliveries(String application, String outcome, Enum<?> reason) {
        return meters.get("ingest.deliveries")
                .tags("application", application, "outcome", outcome, "reason", reason.name())
                .counter()
                .count();
    }

    private double lastUsed(String secret) {
        return meters.get("ingest.secret.last-used")
                .tag("secret", secret)
                .gauge()
                .value();
    }

    private double silence() {
        return meters.get("ingest.silence").gauge().value();
    }
}
