package dev.borrowerjourney.notifier.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserPropertiesTest {

    private static final Duration AGE = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(
            strings = {"https://loans.partner.example", "https://loans.partner.example:8443", "capacitor://localhost"})
    void takesOriginsAsBrowsersWriteThem(String origin) {
        assertThat(new BrowserProperties(List.of(origin), AGE).allowedOrigins()).containsExactly(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "https://*.partner.example",
                "https://loans.partner.example/",
                "https://Loans.partner.example",
                "http://loans.partner.example",
                "loans.partner.example",
                "https://user@loans.partner.example"
            })
    void refusesWhatIsNoOrigin(String origin) {
        assertThatThrownBy(() -> new BrowserProperties(List.of(origin), AGE))
                .hasMessageContaining("notifier.browser.allowed-origins");
    }

    @Test
    void refusesAgeThatNoBrowserKeeps() {
        assertThatThrownBy(() -> new BrowserProperties(List.of(), Duration.ofHours(3)))
                .hasMessageContaining("notifier.browser.preflight-age");
    }
}
