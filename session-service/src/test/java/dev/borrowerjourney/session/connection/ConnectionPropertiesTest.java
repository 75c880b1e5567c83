package dev.borrowerjourney.session.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ConnectionPropertiesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void hasDefaults() {
        var bound = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("session.connections", ConnectionProperties.class);

        assertThat(bound).isEqualTo(new ConnectionProperties(Duration.ofSeconds(75), Duration.ofSeconds(20)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT0.999S", "PT1H0.001S"})
    void refusesWhatCannotWork(Duration time) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionProperties(time, SECOND))
                .withMessageContaining("session.connections.idle-timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConnectionProperties(SECOND, time))
                .withMessageContaining("session.connections.read-timeout");
    }
}
