package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LifetimePropertiesTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new LifetimeProperties(
                        Duration.ofMinutes(30),
                        Duration.ofHours(12),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "idle, 0s, above zero",
        "idle, 13h, at most the absolute",
        "replaced-token, 31m, at most the idle",
        "look-up, 31s, at most PT30S",
        "without-database, 16m, at most PT15M",
        "without-database, -1s, at least zero"
    })
    void refusesWhatCannotWork(String name, String value, String message) {
        assertThatThrownBy(() -> bind(Map.of("session.lifetime." + name, value)))
                .hasStackTraceContaining("session.lifetime." + name)
                .hasStackTraceContaining(message);
    }

    private static LifetimeProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("session.lifetime", LifetimeProperties.class);
    }
}
