package dev.borrowerjourney.session.identity;

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

class IdentityPropertiesTest {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "session.identity.issuer", "https://identity.example",
            "session.identity.jwks-uri", "https://identity.example/keys"));

    @Test
    void hasDefaults() {
        assertThat(bind())
                .isEqualTo(new IdentityProperties(
                        "https://identity.example",
                        URI.create("https://identity.example/keys"),
                        "borrower-journey",
                        "sub",
                        "application_id",
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "session.identity.issuer, '', issuer: not set",
        "session.identity.jwks-uri, '', jwks-uri: not set",
        "session.identity.jwks-uri, http://identity.example/keys, jwks-uri: http (expected: https)"
    })
    void refusesWhatCannotWork(String name, String value, String message) {
        settings.put(name, value);

        assertThatThrownBy(this::bind).hasStackTraceContaining(message);
    }

    private IdentityProperties bind() {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("session.identity", IdentityProperties.class);
    }
}
