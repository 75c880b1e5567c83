package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.MimeType;
import org.springframework.util.unit.DataSize;

class RelayPropertiesTest {

    @Test
    void hasDefaults() {
        var settings = settings(Map.of());

        assertThat(settings.largestAnswer()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(settings.streamedTypes()).containsExactly(MimeType.valueOf("application/pdf"));
        assertThat(settings.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.limits().borrowerBurst()).isGreaterThanOrEqualTo(200);
        assertThat(settings.circuit().failurePercent()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "largest-answer, 0B",
        "largest-answer, 17MB",
        "largest-repeatable, -1B",
        "streamed-types, application/json",
        "streamed-types, application/x-ndjson",
        "streamed-types, application/hal+json",
        "streamed-types, image/*",
        "streamed-types, text/csv;charset=utf-8",
        "timeouts.first-byte, 0s",
        "timeouts.idle, -1s",
        "timeouts.whole, 2h",
        "limits.calls-per-second, 0",
        "limits.burst, 0",
        "limits.most-at-once, 0",
        "limits.borrower-calls-per-second, 0",
        "limits.borrower-burst, -1",
        "limits.borrower-most-at-once, 0",
        "circuit.failure-percent, 0",
        "circuit.failure-percent, 101",
        "circuit.window, 10ms",
        "circuit.least-calls, 0",
        "circuit.open-for, 0s",
        "circuit.open-for, 1h",
        "circuit.trial-calls, 0"
    })
    void refusesWhatCannotWork(String setting, String value) {
        var name = "session.relay." + setting;

        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .rootCause()
                .hasMessageStartingWith(name + ": ")
                .hasMessageContaining("expected: ");
    }

    static RelayProperties settings(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("session.relay", RelayProperties.class);
    }
}
