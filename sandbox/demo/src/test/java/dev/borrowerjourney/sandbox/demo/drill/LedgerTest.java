package dev.borrowerjourney.sandbox.demo.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.load.verification.Ids;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void isContentOnceEveryAcknowledgedIdIsFound() {
        ledger.acknowledged(ids("a", "b"));
        ledger.recovered(Duration.ofMillis(3_210));
        ledger.recovered(Duration.ofMillis(40));

        var result = ledger.close("x", 7, ids("old"), ids("old", "a", "b", "b"));

        assertThat(result.line()).isEqualTo("drill x ok seed 7 events 2 lost 0 wrong 0 regressions 0 recovery 3.2 s");
    }

    @Test
    void namesLostIds() {
        ledger.acknowledged(ids("a", "b"));

        var result = ledger.close("x", 7, ids(), ids("a"));

        assertThat(result.line()).startsWith("drill x FAILED seed 7 events 2 lost 1 ");
        assertThat(result.complaints()).containsExactly("lost: [b]");
    }

    @Test
    void failsOverRecordNobodyWasToldOf() {
        ledger.acknowledged(ids("a"));

        var result = ledger.close("x", 7, ids("old"), ids("old", "a", "forged"));

        assertThat(result.ok()).isFalse();
        assertThat(result.wrong()).isEqualTo(1);
    }

    @Test
    void failsWhenNothingWasAcknowledged() {
        assertThat(ledger.close("x", 7, ids(), ids()).complaints())
                .containsExactly("nothing was acknowledged, so nothing is proved");
    }

    @Test
    void failsOverForbiddenAnswers() {
        ledger.acknowledged(ids("a"));
        ledger.wrong(0, "of no account");
        ledger.wrong(2, "genuine deliveries answered with 401");

        var result = ledger.close("x", 7, ids(), ids("a"));

        assertThat(result.line()).startsWith("drill x FAILED ").contains(" wrong 2 ");
        assertThat(result.complaints()).containsExactly("2 genuine deliveries answered with 401");
    }

    @Test
    void failsWhenBrokenOff() {
        var result = ledger.broken("x", 7, new DrillFailed("waited for nothing"));

        assertThat(result.ok()).isFalse();
        assertThat(DrillResult.lastLine(List.of(result))).isEqualTo("drills 0 ok 1 failed lost 0");
    }

    private static Ids ids(String... ids) {
        return Ids.of(List.of(ids));
    }
}
