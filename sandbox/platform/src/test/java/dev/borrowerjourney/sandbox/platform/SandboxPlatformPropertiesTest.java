package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SandboxPlatformPropertiesTest {

    static final String ID = "6f3a1d52-64c2-4c5a-9d0e-0f2f7f0f6a01";

    @Test
    void hasDefaultsForAllButPlacesAndApplications() {
        SandboxPlatformProperties bound = bind(Map.of());

        assertThat(bound.pace()).isEqualTo(1);
        assertThat(bound.sessionLifetime()).hasMinutes(30);
        assertThat(bound.refreshLifetime()).hasHours(24);
        assertThat(bound.webhookGeneration()).isEqualTo(SandboxPlatformProperties.Generation.FIRST);
        assertThat(bound.webhook().timeout()).hasSeconds(10);
        assertThat(bound.webhook().retryFor()).hasDays(3);
        assertThat(bound.audience()).isEqualTo("borrower-journey");
    }

    @ParameterizedTest
    @CsvSource({
        "pace, 0",
        "pace, 10001",
        "session-lifetime, 0s",
        "refresh-lifetime, -1s",
        "webhook.concurrency, 0",
        "webhook-generation, THIRD",
        "identity.token-lifetime, 6m",
        "applications[0].tenant-id, nobody"
    })
    void refusesWhatCannotWork(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of(name, value))).hasStackTraceContaining("sandbox.platform");
    }

    @Test
    void refusesTheSameApplicationTwice() {
        assertThatThrownBy(() -> bind(Map.of("applications[1].tenant-id", ID, "applications[1].application-id", ID)))
                .hasStackTraceContaining("twice");
    }

    private static SandboxPlatformProperties bind(Map<String, String> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("sandbox.platform.data-directory", "data");
        all.put("sandbox.platform.secrets-directory", "secrets");
        all.put("sandbox.platform.applications[0].tenant-id", ID);
        all.put("sandbox.platform.applications[0].application-id", ID);
        settings.forEach((name, value) -> all.put("sandbox.platform." + name, value));
        return new Binder(new MapConfigurationPropertySource(all))
                .bind("sandbox.platform", Bindable.of(SandboxPlatformProperties.class))
                .get();
    }
}
