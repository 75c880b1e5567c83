package dev.borrowerjourney.projector.history;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HistoryPropertiesTest {

    @Test
    void refusesToForgetWhatTheLogStillHolds() {
        assertThatThrownBy(() -> new HistoryProperties(Duration.ofDays(30)))
                .hasMessage("projector.history.retention: 30 days (expected: at least 31d)");
    }
}
