package dev.borrowerjourney.sandbox.load.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeLedgerTest {

    private static final List<String> JOURNEYS = List.of("j-a", "j-b");

    private final long[] versions = {1, 1};
    private final ChangeLedger ledger = new ChangeLedger(JOURNEYS, versions, 100, 1_000, 7);

    @Test
    void drawsVersionsWithoutGapsAndTimesThatGrow() {
        var changes = IntStream.range(0, 100).mapToObj(ledger::change).toList();

        assertThat(versions[0] + versions[1]).isEqualTo(102);
        assertThat(changes.stream().filter(change -> change.borrower() == 0).map(ChangeLedger.Change::version))
                .containsExactlyElementsOf(IntStream.rangeClosed(2, (int) versions[0])
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(changes).extracting(ChangeLedger.Change::afterNanos).isSorted();
        assertThat(changes.getLast().afterNanos()).isBetween(50_000_000L, 200_000_000L);
    }

    @Test
    void measuresFromAcknowledgementAndFromDue() {
        for (int number = 0; number < 100; number++) {
            var change = ledger.change(number);
            ledger.due(change, 1_000_000);
            ledger.acknowledged(change, 3_000_000);
            show(change, 8_000_000);
        }

        assertThat(ledger.verification().complete()).isTrue();
        assertThat(ledger.shown()).isEqualTo(100);
        assertThat(ledger.foreign() + ledger.backwards()).isZero();
        assertThat(ledger.fromAcknowledgement().getValueAtPercentile(99)).isBetween(4_990L, 5_010L);
        assertThat(ledger.fromDue().getValueAtPercentile(50)).isBetween(6_990L, 7_010L);
    }

    @Test
    void missesWhatWasNotShown() {
        ledger.acknowledged(ledger.change(0), 1);
        ledger.acknowledged(ledger.change(1), 1);
        show(ledger.change(1), 2);

        assertThat(ledger.verification().lost()).containsExactly(ledger.id(ledger.change(0)));
    }

    @Test
    void seesWhatIsShownToTheWrongDeviceOrTwice() {
        var change = ledger.change(0);
        ledger.acknowledged(change, 1);

        ledger.shown(1 - change.borrower(), "journey", ledger.id(change), JOURNEYS.get(change.borrower()), 2);

        assertThat(ledger.foreign()).isEqualTo(1);

        show(change, 3);
        show(change, 4);

        assertThat(ledger.backwards()).isEqualTo(1);
        assertThat(ledger.verification().repeated()).containsKey(ledger.id(change));
    }

    @Test
    void passesOverThePresentState() {
        ledger.shown(0, "journey", "j-a:1", "j-a", 1);
        ledger.shown(0, "ready", null, "{}", 1);

        assertThat(ledger.shown()).isZero();
        assertThat(ledger.foreign()).isZero();
    }

    private void show(ChangeLedger.Change change, long nanos) {
        ledger.shown(change.borrower(), "journey", ledger.id(change), JOURNEYS.get(change.borrower()), nanos);
    }
}
