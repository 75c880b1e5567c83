package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.notifier.push.PushChannel.Destination;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CircuitTest {

    static final PushOutcome FAILED = new PushOutcome.Later(null, Reason.PROVIDER_FAILED);
    static final PushOutcome ACCEPTED = new PushOutcome.Accepted(null);

    final CircuitSettings settings = new CircuitSettings(Duration.ofMinutes(1), 1, 50, Duration.ofMillis(100), 1);
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final Circuits circuits = new Circuits(settings, metrics);

    @Test
    void triesAgainAfterTrialThatEndedInAnError() {
        var circuit = new Circuit("push.example", settings);
        assertThat(circuit.guard(() -> FAILED)).isEqualTo(FAILED);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> circuit.openness() < 1);

        assertThatThrownBy(() -> circuit.guard(() -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);

        assertThat(circuit.guard(() -> ACCEPTED)).isEqualTo(ACCEPTED);
    }

    /** Under one name of the list stand the hosts of all regions, and whatever an app invents. */
    @Test
    void holdsBackOnlyFromTheHostThatFails() {
        var failing = circuits.of(new Destination("*.push.example", "a.push.example"));
        var good = circuits.of(new Destination("*.push.example", "b.push.example"));

        var _ = failing.guard(() -> FAILED);

        assertThat(good.guard(() -> ACCEPTED)).isEqualTo(ACCEPTED);
        assertThat(metrics.get("notifier.push.circuit").gauges()).hasSize(1);
        assertThat(metrics.get("notifier.push.circuit")
                        .tag("provider", "*.push.example")
                        .gauge()
                        .value())
                .isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void tellsWhichHostsAreHeldBackUntilTheyAreTried() {
        var slow = new Circuits(
                new CircuitSettings(Duration.ofMinutes(1), 1, 50, Duration.ofMinutes(5), 1), new SimpleMeterRegistry());
        var _ = slow.of(new Destination("*.push.example", "a.push.example")).guard(() -> FAILED);
        var _ = slow.of(new Destination("*.push.example", "b.push.example")).guard(() -> ACCEPTED);
        assertThat(slow.held()).containsOnlyKeys("a.push.example").allSatisfy((_, left) -> assertThat(left)
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5)));

        var _ = circuits.of(new Destination("FCM", "FCM")).guard(() -> FAILED);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> circuits.held()
                .isEmpty());
    }

    @Test
    void keepsOnlySoManyHosts() {
        for (int i = 0; i < 1500; i++) {
            circuits.of(new Destination("*.push.example", i + ".push.example"));
        }

        assertThat(circuits.size()).isEqualTo(1000);
        assertThat(metrics.get("notifier.push.circuit").gauges()).hasSize(1);
    }
}
