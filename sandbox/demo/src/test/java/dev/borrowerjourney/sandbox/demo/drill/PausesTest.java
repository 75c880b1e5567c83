package dev.borrowerjourney.sandbox.demo.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PausesTest {

    final Pauses pauses = new Pauses("longest pause in ms");

    @Test
    void tellsLongestWaitOfEachPartitionByWhatWasGoingOn() {
        pauses.begin("nothing");
        pauses.appended("a", 0);
        pauses.appended("b", 0);
        pauses.appended("c", 0);
        pauses.changed(change("a", 1, 0), millis(10));
        pauses.changed(change("b", 2, 0), millis(30));
        pauses.begin("kill");
        pauses.changed(change("c", 3, 11), millis(7_000));

        assertThat(pauses.longestMillis("nothing")).isEqualTo(30);
        assertThat(pauses.longestMillis("kill")).isEqualTo(7_000);
        assertThat(pauses.table())
                .containsExactly(
                        "longest pause in ms                         0     11",
                        "nothing                                    30      -",
                        "kill                                        -   7000");
    }

    @Test
    void countsChangeThatComesTwice() {
        pauses.changed(change("a", 1, 0), 1);
        pauses.changed(change("a", 1, 0), 2);

        assertThat(pauses.repeated()).isEqualTo(1);
        assertThat(pauses.changes()).isEqualTo(1);
        assertThat(pauses.regressions()).isZero();
    }

    @Test
    void tellsOfWhichPartitionsChangesCame() {
        pauses.changed(change("a", 1, 0), 10);
        pauses.changed(change("b", 2, 1), 20);
        pauses.changed(change("c", 3, 1), 30);

        assertThat(pauses.heardSince(5)).isEqualTo(2);
        assertThat(pauses.heardSince(10)).isEqualTo(1);
        assertThat(pauses.heardSince(30)).isZero();
    }

    @Test
    void countsVersionThatWentDown() {
        pauses.changed(change("a", 1, 0), 1);
        pauses.changed(change("b", 2, 0), 2);
        assertThat(pauses.regressions()).isZero();

        pauses.changed(change("c", 1, 0), 3);
        assertThat(pauses.regressions()).isEqualTo(1);
    }

    private static Pauses.Change change(String eventId, long version, int partition) {
        return new Pauses.Change(eventId, "journey", version, partition);
    }

    private static long millis(long count) {
        return TimeUnit.MILLISECONDS.toNanos(count);
    }
}
