package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyPropertiesTest {

    @Test
    void takesADayAndMore() {
        assertThat(new IdempotencyProperties(Duration.ofDays(2)).retention()).isEqualTo(Duration.ofDays(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT23H59M", "PT721H", "PT-1H"})
    void refusesWhatAppsWereNotPromised(Duration retention) {
        assertThatThrownBy(() -> new IdempotencyProperties(retention))
                .hasMessageContaining("session.idempotency.retention")
                .hasMessageContaining("expected: PT24H");
    }
}
