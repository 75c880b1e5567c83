package dev.borrowerjourney.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

class DefaultPropertiesTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"18082, 19082", "0, 0", "null, 9080", "-1, null"})
    void putsManagementAThousandPortsAbove(@Nullable String port, @Nullable String management) {
        var environment = new MockEnvironment();
        if (port != null) {
            environment.setProperty("server.port", port);
        }

        new DefaultProperties().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("management.server.port")).isEqualTo(management);
    }

    @Test
    void letsEverySourceChooseOtherwise() {
        var environment = new MockEnvironment();
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "yaml", Map.of("server.shutdown", "immediate", "spring.threads.virtual.enabled", "false")));

        new DefaultProperties().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("spring.threads.virtual.enabled")).isEqualTo("false");
        assertThat(environment.getProperty("logging.structured.format.console")).isEqualTo("ecs");
    }
}
