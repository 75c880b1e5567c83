package dev.borrowerjourney.notifier.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StreamPropertiesTest {

    @Test
    void hasDefaults() {
        var properties = bind(Map.of());

        assertThat(properties.heartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(properties.buffer()).isEqualTo(256);
        assertThat(properties.changesTopic()).isEqualTo("journey-changes");
    }

    @ParameterizedTest
    @CsvSource({
        "heartbeat, 0s",
        "buffer, 3",
        "max-connections, 0",
        "max-connections-per-borrower, 0",
        "reconnect-min, -1s",
        "reconnect-max, 500ms",
        "close-grace, 0s",
        "drain, -1s",
        "write-timeout, 0s",
        "fresh-for, 0s",
        "changes-topic, ' '"
    })
    void refusesWhatCannotWork(String setting, String value) {
        assertThatThrownBy(() -> bind(Map.of("notifier.stream." + setting, value)))
                .rootCause()
                .hasMessageStartingWith("notifier.stream." + setting + ": ")
                .hasMessageContaining("(expected: ");
    }

    private static StreamProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("notifier.stream", StreamProperties.class);
    }
}
