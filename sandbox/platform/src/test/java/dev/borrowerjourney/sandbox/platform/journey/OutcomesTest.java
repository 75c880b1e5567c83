package dev.borrowerjourney.sandbox.platform.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    @Test
    void drawsTheSameFromTheSameSeed() {
        assertThat(draws(7)).isEqualTo(draws(7)).isNotEqualTo(draws(8));
    }

    @Test
    void drawsEveryOutcomeAndLetsHalfOfThemGoWell() {
        assertThat(draws(7)).contains(Outcome.values());
        assertThat(draws(7).stream().filter(outcome -> outcome == Outcome.ALL_WELL))
                .hasSizeBetween(400, 650);
    }

    private static List<Outcome> draws(long seed) {
        return IntStream.range(0, 1000)
                .mapToObj(number -> Outcomes.drawn(seed, "CUST_" + number / 2, number % 2))
                .toList();
    }
}
