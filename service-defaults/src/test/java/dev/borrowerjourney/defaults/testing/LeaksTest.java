package dev.borrowerjourney.defaults.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A search that finds nothing anywhere would be content with everything. */
class LeaksTest {

    private static final List<String> VALUES = List.of("planted-first", "planted-second");

    @Test
    void findsWhatWasPlanted() {
        var leaks = new Leaks(Map.of("log", "nothing", "spans", "key: planted-second"));

        assertThat(leaks.found(VALUES)).containsExactly("value 1 is in spans");
    }

    @Test
    void tellsNoValue() {
        var leaks = new Leaks(Map.of("log", String.join(" ", VALUES)));

        assertThat(leaks.found(VALUES)).hasSize(2).noneMatch(report -> VALUES.stream()
                .anyMatch(report::contains));
    }
}
