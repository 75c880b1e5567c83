package dev.borrowerjourney.projector.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.projection.StartPosition.FirstStart;
import dev.borrowerjourney.projector.projection.StartPosition.Gap;
import dev.borrowerjourney.projector.projection.StartPosition.NewTopic;
import dev.borrowerjourney.projector.projection.StartPosition.Replay;
import dev.borrowerjourney.projector.projection.StartPosition.Resume;
import dev.borrowerjourney.projector.projection.StartPosition.Situation;
import dev.borrowerjourney.projector.projection.StartPosition.Truncation;
import dev.borrowerjourney.projector.projection.StartPosition.Undecided;
import org.junit.jupiter.api.Test;

class StartPositionTest {

    @Test
    void startsFirstAtTheBeginningOfTheLog() {
        assertThat(StartPosition.of(new Situation(null, null, false, 7, 20))).isEqualTo(new FirstStart(7));
    }

    @Test
    void readsTopicMadeAnewFromItsBeginning() {
        assertThat(StartPosition.of(new Situation(null, null, true, 0, 20))).isEqualTo(new NewTopic(0));
    }

    @Test
    void resumesAfterTheOffsetRow() {
        assertThat(StartPosition.of(new Situation(9L, 10L, false, 0, 20))).isEqualTo(new Resume(10, 10));
        assertThat(StartPosition.of(new Situation(9L, 4L, false, 0, 20))).isEqualTo(new Resume(10, 4));
        assertThat(StartPosition.of(new Situation(19L, 20L, false, 0, 20))).isEqualTo(new Resume(20, 20));
    }

    @Test
    void replaysWhatTheDatabaseLost() {
        assertThat(StartPosition.of(new Situation(9L, 11L, false, 0, 20))).isEqualTo(new Replay(10, 11));
        assertThat(StartPosition.of(new Situation(null, 11L, false, 0, 20))).isEqualTo(new Replay(0, 11));
    }

    /** Positions given again would not be those that were published, and new changes would be taken for old ones. */
    @Test
    void stopsWhereTheDatabaseIsEmptyAndTheLogIsNotWhole() {
        assertThat(StartPosition.of(new Situation(null, 11L, false, 5, 20))).isInstanceOf(Undecided.class);
    }

    @Test
    void goesOnFromTheBeginningAfterGap() {
        assertThat(StartPosition.of(new Situation(9L, 10L, false, 12, 20))).isEqualTo(new Gap(12, 10));
        assertThat(StartPosition.of(new Situation(9L, 10L, false, 10, 20))).isEqualTo(new Resume(10, 10));
    }

    @Test
    void goesOnFromTheBeginningAfterTruncation() {
        assertThat(StartPosition.of(new Situation(9L, 10L, false, 2, 8))).isEqualTo(new Truncation(2, 8));
    }

    @Test
    void stopsWhereNoCursorTellsWhatWasPublished() {
        assertThat(StartPosition.of(new Situation(9L, null, false, 0, 20)))
                .isInstanceOfSatisfying(Undecided.class, undecided -> assertThat(undecided.message())
                        .contains("cursor_offset"));
    }
}
