package dev.borrowerjourney.projector.model;

import static dev.borrowerjourney.projector.model.Settling.ALONE;
import static dev.borrowerjourney.projector.model.Settling.BESIDE_ORDINARY;
import static dev.borrowerjourney.projector.model.Settling.NEVER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the merge law promises of a real platform, and what it does not. */
class PlatformModelTest {

    static final List<Figures> ALL = Stream.concat(
                    Trouble.ALL.stream().map(trouble -> Figures.of(trouble, true)),
                    Trouble.THE_USUAL.stream().map(trouble -> Figures.of(trouble, false)))
            .toList();

    @Test
    void neverStepsBackWhileClocksAgreeAndPollsTellWhenTheStateChanged() {
        for (var trouble : List.of(Trouble.NONE, Trouble.LAG)) {
            assertThat(figures(trouble, true).with(NEVER).stepsBack()).isZero();
            assertThat(figures(trouble, true).with(BESIDE_ORDINARY).stepsBack()).isZero();
        }
        assertThat(figures(Trouble.REUSE, true).with(BESIDE_ORDINARY).stepsBack())
                .isZero();
    }

    /** Else the model would be too kind to show anything. */
    @Test
    void stepsBackWhenNobodyTellsWhenTheStateChanged() {
        assertThat(figures(Trouble.LAG, false).with(NEVER).stepsBack()).isPositive();
    }

    @Test
    void isRightInTheEndWhateverTheTroubleIfAnomaliesAreSettled() {
        assertThat(ALL).allSatisfy(figures -> {
            assertThat(figures.with(ALONE).wrong()).isZero();
            assertThat(figures.with(BESIDE_ORDINARY).wrong()).isZero();
        });
    }

    @Test
    void isWrongInTheEndNowAndThenIfNothingIsSettled() {
        assertThat(figures(Trouble.SKEW, true).with(NEVER).wrong()).isPositive();
        assertThat(figures(Trouble.SKEW_AND_RESTART, true).with(NEVER).wrong()).isPositive();
    }

    /** A settling poll must not call for the next one without end. */
    @Test
    void asksOncePerCause() {
        assertThat(figures(Trouble.LAG, true).with(BESIDE_ORDINARY).settlingPolls())
                .isPositive()
                .isLessThan(Figures.JOURNEYS);
    }

    @Test
    void tellsItsFiguresInTheRationale() throws IOException {
        var table = Figures.head() + ALL.stream().map(Figures::line).collect(Collectors.joining());
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("law-model.md"), table);

        assertThat(Files.readString(Path.of("RATIONALE.md"))).contains(table);
    }

    private static Figures figures(Trouble trouble, boolean updatedAt) {
        return ALL.stream()
                .filter(figures -> figures.trouble().equals(trouble) && figures.updatedAt() == updatedAt)
                .findFirst()
                .orElseThrow();
    }
}
