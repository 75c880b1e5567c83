package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.notifier.push.PushProperties.ApnsSettings;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushPropertiesTest {

    @ParameterizedTest
    @CsvSource({
        "0,50,3,least-calls",
        "10001,50,3,least-calls",
        "10,0,3,failure-percent",
        "10,101,3,failure-percent",
        "10,50,0,trial-calls",
        "10,50,1001,trial-calls"
    })
    void refusesCircuitThatCannotWork(int leastCalls, int failurePercent, int trialCalls, String setting) {
        assertThatThrownBy(() -> new CircuitSettings(
                        Duration.ofMinutes(1), leastCalls, failurePercent, Duration.ofSeconds(30), trialCalls))
                .hasMessageStartingWith("notifier.push.circuit." + setting + ": ");
    }

    @Test
    void refusesPortThatThereIsNot() {
        assertThatThrownBy(() -> new ApnsSettings("api.push.apple.com", 65_536, null))
                .hasMessage("notifier.push.apns.port: 65536 (expected: from 1 to 65535)");
    }
}
