package dev.borrowerjourney.session.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PlatformPropertiesTest {

    private static final String APPLICATION = "11111111-1111-4111-8111-111111111111";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "platform.base-url", "https://api.example",
            "platform.applications[0].application-id", APPLICATION,
            "platform.applications[0].tenant-id", APPLICATION));

    @Test
    void hasDefaults() {
        var properties = bind();

        assertThat(properties.callTimeout()).hasSeconds(10);
        assertThat(properties.connectTimeout()).hasSeconds(2);
        assertThat(properties.allowPlainHttp()).isFalse();
        assertThat(properties.at("/api")).hasToString("https://api.example/api");
    }

    @ParameterizedTest
    @CsvSource({
        "platform.base-url, '', base-url: not set",
        "platform.base-url, http://api.example, base-url: http (expected: https)",
        "platform.base-url, https://api.example/v2, has a path",
        "platform.call-timeout, 13s, a call at most PT12S",
        "platform.call-timeout, 0s, above zero",
        "platform.applications[0].tenant-id, '', one without",
        "platform.applications[1].application-id, 11111111-1111-4111-8111-111111111111, one without"
    })
    void refusesWhatCannotWork(String name, String value, String message) {
        settings.put(name, value);

        assertThatThrownBy(this::bind).hasStackTraceContaining(message);
    }

    @Test
    void takesCallbackUrl() {
        settings.put("platform.applications[0].callback-url", "https://hooks.example/webhooks/journey-snapshots");

        assertThat(bind().applications())
                .extracting(PlatformProperties.Application::callbackUrl)
                .containsExactly(URI.create("https://hooks.example/webhooks/journey-snapshots"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://hooks.example/webhooks, http (expected: https)",
        "/webhooks, names no host",
        "https:hooks, names no host",
        "https://hooks.example/?token=s3cret, a query or a fragment",
        "https://hooks.example/#s3cret, a query or a fragment",
        "https://s3cret@hooks.example/, user information"
    })
    void refusesCallbackUrl(String url, String message) {
        settings.put("platform.applications[0].callback-url", url);

        assertThatThrownBy(this::bind)
                .rootCause()
                .hasMessageContaining("callback-url")
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesApplicationNamedTwice() {
        settings.put("platform.applications[1].application-id", APPLICATION);
        settings.put("platform.applications[1].tenant-id", APPLICATION);

        assertThatThrownBy(this::bind).hasStackTraceContaining("one is named twice");
    }

    @Test
    void refusesNoApplication() {
        settings.keySet().removeIf(name -> name.contains("applications"));

        assertThatThrownBy(this::bind).hasStackTraceContaining("expected: at least one");
    }

    @Test
    void allowsPlainHttpWhereTold() {
        settings.put("platform.base-url", "http://127.0.0.1:18085");
        settings.put("platform.allow-plain-http", "true");
        settings.put("platform.applications[0].callback-url", "http://127.0.0.1:18082/webhooks");

        assertThat(bind().baseUrl()).hasScheme("http");
    }

    private PlatformProperties bind() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("platform", PlatformProperties.class);
    }
}
