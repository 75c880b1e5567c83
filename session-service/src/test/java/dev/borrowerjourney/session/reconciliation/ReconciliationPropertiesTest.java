package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciliationPropertiesTest {

    @Test
    void isWithinWhatThePlatformDocumentsByDefault() {
        var settings = Fixtures.settings();

        assertThat(settings.active().least()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        assertThat(settings.active().most()).isLessThan(Duration.ofSeconds(5));
        assertThat(settings.passive().least()).isGreaterThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(settings.passive().most()).isLessThan(Duration.ofSeconds(20));
        assertThat(settings.enabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "active.least, 0s",
        "active.most, 1s",
        "passive.least, -1s",
        "passive.most, 9s",
        "quiet, 1s",
        "just-acted, -1s",
        "give-up-after, 0s",
        "republish-after, -1s",
        "requests-per-second, 0",
        "requests-per-second, 20000",
        "most-at-once, 0"
    })
    void refusesWhatCannotBe(String setting, String value) {
        var name = "session.reconciliation." + setting;

        assertThatThrownBy(() -> Fixtures.settings(Map.of(name, value)))
                .rootCause()
                .hasMessageStartingWith(name)
                .hasMessageContaining("expected: ");
    }
}
