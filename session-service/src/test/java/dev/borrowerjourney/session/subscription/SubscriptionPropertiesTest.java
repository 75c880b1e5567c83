package dev.borrowerjourney.session.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SubscriptionPropertiesTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of())).isEqualTo(new SubscriptionProperties(Duration.ofMinutes(5), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "-1m", "999ms", "25h"})
    void refusesIntervalThatCannotWork(String interval) {
        assertThatThrownBy(() -> bind(Map.of("session.subscription.interval", interval)))
                .hasStackTraceContaining("session.subscription.interval")
                .hasStackTraceContaining("PT1S to PT24H");
    }

    private static SubscriptionProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("session.subscription", SubscriptionProperties.class);
    }
}
