package dev.borrowerjourney.session.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DatabasePropertiesTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new DatabaseProperties(Duration.ofSeconds(3), Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({"statement-timeout, 999ms", "statement-timeout, 61s", "longest-wait, 0s", "longest-wait, 2m"})
    void refusesWhatCannotWork(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("session.database." + name, value)))
                .hasStackTraceContaining("session.database." + name)
                .hasStackTraceContaining("expected: PT1S to PT1M");
    }

    private static DatabaseProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("session.database", DatabaseProperties.class);
    }
}
