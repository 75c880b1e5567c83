package dev.borrowerjourney.sandbox.platform.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    final Switches switches = new Switches();
    final Faults faults = new Faults(switches);

    @Test
    void strikesTheSameWebhooksAgainWithTheSameSeed() {
        set(Map.of(Switch.DROPPED, 0.3, Switch.SEED, 7L));
        List<Boolean> first = struck(200);

        set(Map.of(Switch.DROPPED, 0.3, Switch.SEED, 8L));
        List<Boolean> other = struck(200);
        set(Map.of(Switch.DROPPED, 0.3, Switch.SEED, 7L));

        assertThat(struck(200)).isEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void strikesAboutTheShareThatIsAskedFor() {
        set(Map.of(Switch.DROPPED, 0.3));

        assertThat(struck(10_000).stream().filter(it -> it).count() / 10_000.0).isEqualTo(0.3, offset(0.02));
        assertThat(faults.struck().get(Switch.DROPPED)).isBetween(2_800L, 3_200L);
    }

    @Test
    void strikesNoneAtNoneAndAllAtAll() {
        assertThat(struck(1_000)).doesNotContain(true);
        set(Map.of(Switch.DROPPED, 1.0));
        assertThat(struck(1_000)).doesNotContain(false);
    }

    /** Two shares of the same webhook are not drawn alike, or all faults would strike the same ones. */
    @Test
    void drawsForEachFaultByItself() {
        set(Map.of(Switch.DROPPED, 0.5, Switch.WRONG_SECRET, 0.5));

        long both = IntStream.range(0, 10_000)
                .mapToObj(index -> Occasion.webhook("CUST_1", index))
                .filter(it -> faults.hits(Switch.DROPPED, it) && faults.hits(Switch.WRONG_SECRET, it))
                .count();

        assertThat(both / 10_000.0).isEqualTo(0.25, offset(0.02));
    }

    @Test
    void strikesOnlyWhomALimitNames() {
        faults.limit(Map.of(Switch.DROPPED, 1.0), "CUST_1", null, null);

        assertThat(faults.strikes(Switch.DROPPED, Occasion.webhook("CUST_1", 0)))
                .isTrue();
        assertThat(faults.strikes(Switch.DROPPED, Occasion.webhook("CUST_2", 0)))
                .isFalse();
    }

    @Test
    void strikesOnlyThePathsThatALimitNames() {
        faults.limit(Map.of(Switch.FAILED_ANSWERS, 1.0), null, "/api/v1/headless/journeys/*/state", null);

        assertThat(call("/api/v1/headless/journeys/1/state")).isTrue();
        assertThat(call("/api/v1/headless/journeys/1/resume")).isFalse();
        assertThat(call("/api/v1/headless/journeys")).isFalse();
        assertThat(faults.strikes(Switch.FAILED_ANSWERS, Occasion.webhook("CUST_1", 0)))
                .isFalse();
    }

    @Test
    void strikesAsOftenAsALimitSaysAndCountsNoOccasionTwice() {
        faults.limit(Map.of(Switch.DROPPED, 1.0), null, null, 2);

        Occasion first = Occasion.webhook("CUST_1", 0);
        assertThat(faults.hits(Switch.DROPPED, first)).isTrue();
        assertThat(faults.hits(Switch.DROPPED, first)).isTrue();
        assertThat(faults.limited().getFirst().left()).isEqualTo(1);
        assertThat(struck(3)).containsExactly(true, true, false);
    }

    @Test
    void prefersALimitedValueToTheGeneralOne() {
        set(Map.of(Switch.DELAY_MILLIS, 5L));
        faults.limit(Map.of(Switch.DELAY_MILLIS, 900L, Switch.WEBHOOKS, false), "CUST_1", null, null);

        assertThat(faults.amount(Switch.DELAY_MILLIS, Occasion.webhook("CUST_1", 0)))
                .isEqualTo(900);
        assertThat(faults.flag(Switch.WEBHOOKS, Occasion.webhook("CUST_1", 0))).isFalse();
        assertThat(faults.amount(Switch.DELAY_MILLIS, Occasion.webhook("CUST_2", 0)))
                .isEqualTo(5);
    }

    /** An amount beside its share ends with it, and not for those that were struck. */
    @Test
    void keepsAnAmountAsLongAsItsShareStrikes() {
        faults.limit(Map.of(Switch.SLOW_ANSWERS, 1.0, Switch.SLOW_MILLIS, 9L), null, null, 1);
        Occasion first = new Occasion("CUST_1", "/api/1", "first");
        Occasion second = new Occasion("CUST_1", "/api/1", "second");

        assertThat(faults.strikes(Switch.SLOW_ANSWERS, first)).isTrue();
        assertThat(faults.amount(Switch.SLOW_MILLIS, first)).isEqualTo(9);
        assertThat(faults.amount(Switch.SLOW_MILLIS, second)).isEqualTo(3_000);
    }

    @Test
    void countsNoEndOfKinds() {
        assertThat(faults.ordinal("a call")).isZero();
        assertThat(faults.ordinal("a call")).isEqualTo(1);
        IntStream.range(0, 100_000).forEach(number -> faults.ordinal("another call " + number));

        assertThat(faults.ordinal("a call")).isZero();
        assertThat(faults.ordinal("another call 99999")).isEqualTo(1);
    }

    private boolean call(String path) {
        return faults.strikes(Switch.FAILED_ANSWERS, new Occasion("CUST_1", path, path));
    }

    private void set(Map<Switch, Object> values) {
        switches.set(Switches.State.DEFAULT.with(values));
    }

    private List<Boolean> struck(int count) {
        return IntStream.range(0, count)
                .mapToObj(index -> faults.strikes(Switch.DROPPED, Occasion.webhook("CUST_1", index)))
                .toList();
    }
}
