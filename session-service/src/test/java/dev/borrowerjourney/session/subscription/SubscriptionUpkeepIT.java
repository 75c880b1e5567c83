package dev.borrowerjourney.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.Metrics;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import dev.borrowerjourney.session.testing.SubscriptionStandIn;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The upkeep in a whole service with three applications: two looked after, one not. */
@ExtendWith(OutputCaptureExtension.class)
class SubscriptionUpkeepIT extends ServiceUnderTest {

    private static final UUID SECOND = UUID.fromString("11111111-1111-4111-8111-222222222222");
    private static final UUID THIRD = UUID.fromString("11111111-1111-4111-8111-333333333333");
    private static final String OURS = "https://hooks.partner.example/webhooks/journey-snapshots";
    private static final String THEIRS = "https://elsewhere.example/";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final SubscriptionStandIn FIRST_OF_TWO = new SubscriptionStandIn(PLATFORM, TENANT, APPLICATION);
    private static final SubscriptionStandIn SECOND_OF_TWO = new SubscriptionStandIn(PLATFORM, TENANT, SECOND);

    @DynamicPropertySource
    static void subscriptionSettings(DynamicPropertyRegistry registry) {
        registry.add("session.subscription.interval", () -> "1s");
        registry.add("platform.applications[0].callback-url", () -> OURS);
        for (var application : new UUID[] {SECOND, THIRD}) {
            var index = application.equals(SECOND) ? 1 : 2;
            registry.add("platform.applications[" + index + "].application-id", application::toString);
            registry.add("platform.applications[" + index + "].tenant-id", TENANT::toString);
            writeApiKey(application);
        }
        registry.add("platform.applications[1].callback-url", () -> OURS);
    }

    @BeforeEach
    void heal() {
        FIRST_OF_TWO.heal();
        SECOND_OF_TWO.heal();
        awaitStatus(200);
    }

    @Test
    void subscribesAtTheStartAndTells() {
        assertThat(FIRST_OF_TWO.url()).isEqualTo(OURS);
        assertThat(SECOND_OF_TWO.url()).isEqualTo(OURS);
        assertThat(health())
                .contains("\"" + APPLICATION + "\"", "\"" + SECOND + "\"", "since", "confirmedAt")
                .contains("\"" + THIRD + "\":{\"state\":\"OFF\"}");
    }

    @Test
    void repairsWhatSomebodyElseChanged() {
        var before = metric("session_subscription_repairs_total", APPLICATION);
        FIRST_OF_TWO.change(THEIRS);

        await().atMost(PATIENCE).until(() -> OURS.equals(FIRST_OF_TWO.url()));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metric("session_subscription_repairs_total", APPLICATION))
                        .isEqualTo(before + 1));
        assertThat(metric("session_subscription_repairs_total", THIRD)).isNaN();
    }

    @Test
    void tellsDriftThatItCannotRepairAndServesBorrowersAllTheSame(CapturedOutput output) {
        FIRST_OF_TWO.onSubscribe(_ -> Answer.json(403, PlatformStandIn.failure("OUT_OF_SCOPE")));
        FIRST_OF_TWO.change(THEIRS);

        awaitStatus(503);
        assertThat(health()).contains("\"DRIFTED\"", "\"failure\":\"FORBIDDEN\"", "\"IN_STEP\"");
        assertThat(metric("session_subscription_drift", APPLICATION)).isEqualTo(1);
        assertThat(metric("session_subscription_drift", SECOND)).isZero();
        await().atMost(PATIENCE)
                .until(() -> metric("session_subscription_failures_total", APPLICATION, "reason=\"forbidden\"") > 2);
        for (var path : new String[] {"/actuator/health/liveness", "/actuator/health/readiness", "/actuator/health"}) {
            management.get().uri(path).exchange().expectStatus().isOk();
        }
        assertThat(output.getOut().split(APPLICATION + ": DRIFTED", -1)).hasSize(2);
        assertThat(output.getAll()).doesNotContain(API_KEY);
    }

    @Test
    void keepsOneApplicationInStepWhileAnotherHangs() {
        FIRST_OF_TWO.onRead(_ -> FIRST_OF_TWO.told().heldFor(Duration.ofSeconds(20)));
        await().atMost(PATIENCE).until(() -> health().contains("\"TIMEOUT\""));
        SECOND_OF_TWO.change(null);

        await().atMost(PATIENCE).until(() -> OURS.equals(SECOND_OF_TWO.url()));
        assertThat(metric("session_subscription_drift", APPLICATION)).isNaN();
        assertThat(metric("session_subscription_age_seconds", APPLICATION)).isGreaterThan(1);
    }

    private void awaitStatus(int status) {
        await().atMost(PATIENCE).untilAsserted(() -> management
                .get()
                .uri("/actuator/health/webhooks")
                .exchange()
                .expectStatus()
                .isEqualTo(status));
    }

    private String health() {
        return text("/actuator/health/webhooks");
    }

    private double metric(String name, UUID application, String... more) {
        return Metrics.values(
                        text("/actuator/prometheus"),
                        line -> line.startsWith(name + "{")
                                && line.contains(application.toString())
                                && (more.length == 0 || line.contains(more[0])))
                .findFirst()
                .orElse(Double.NaN);
    }

    private String text(String path) {
        return Objects.requireNonNull(management
                .get()
                .uri(path)
                .exchange()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody());
    }
}
