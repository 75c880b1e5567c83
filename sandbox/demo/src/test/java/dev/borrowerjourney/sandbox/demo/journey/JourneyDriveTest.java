package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JourneyDriveTest {

    private static final List<String> SENT = List.of("a", "b", "a", "c");

    @Test
    void takesWhatPollingOvertook() {
        assertThat(JourneyDrive.passesOver(SENT, SENT)).isTrue();
        assertThat(JourneyDrive.passesOver(List.of("b", "c"), SENT)).isTrue();
        assertThat(JourneyDrive.passesOver(List.of("c"), SENT)).isTrue();
    }

    @Test
    void takesNoStepBackNoneMadeUpAndNoEarlierEnd() {
        assertThat(JourneyDrive.passesOver(List.of("c", "b"), SENT)).isFalse();
        assertThat(JourneyDrive.passesOver(List.of("a", "a", "a", "c"), SENT)).isFalse();
        assertThat(JourneyDrive.passesOver(List.of("x", "c"), SENT)).isFalse();
        assertThat(JourneyDrive.passesOver(List.of("a", "b"), SENT)).isFalse();
        assertThat(JourneyDrive.passesOver(List.of(), SENT)).isFalse();
    }
}
