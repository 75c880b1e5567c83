package dev.borrowerjourney.session.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LimitPropertiesTest {

    @Test
    void hasDefaults() {
        assertThat(settings(Map.of())).isEqualTo(new LimitProperties(1_000, 5_000, 10, 200));
    }

    @ParameterizedTest
    @CsvSource({"calls-per-second, 0", "burst, -1", "borrower-calls-per-second, 0", "borrower-burst, 1000001"})
    void refusesWhatCannotWork(String setting, String value) {
        var name = "session.limits." + setting;

        assertThatThrownBy(() -> settings(Map.of(name, value)))
                .rootCause()
                .hasMessageStartingWith(name + ": " + value + " (expected: ");
    }

    private static LimitProperties settings(Map<String, String> set) {
        return new Binder(new MapConfigurationPropertySource(set))
                .bindOrCreate("session.limits", LimitProperties.class);
    }
}
