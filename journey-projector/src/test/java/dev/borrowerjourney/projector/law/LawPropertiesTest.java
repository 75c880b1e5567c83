package dev.borrowerjourney.projector.law;

import static dev.borrowerjourney.projector.law.SaidObservations.holding;
import static dev.borrowerjourney.projector.law.SaidObservations.observation;
import static dev.borrowerjourney.projector.law.SaidObservations.observe;
import static dev.borrowerjourney.projector.law.SaidObservations.visible;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.oracle.Deciding;
import dev.borrowerjourney.projector.oracle.Logs;
import dev.borrowerjourney.projector.oracle.Oracle;
import dev.borrowerjourney.projector.oracle.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What the merge law claims, over logs in which nearly everything ties; that it does is asserted, too. */
class LawPropertiesTest {

    @Property(tries = 5000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void holdsWhatTheOracleSays(@ForAll("logs") List<Said> log) {
        var journey = observe(Journey.UNKNOWN, log);

        assertThat(holding(journey.core().sequenced())).isEqualTo(Oracle.coreSequenced(log));
        assertThat(holding(journey.core().timed())).isEqualTo(Oracle.coreTimed(log));
        assertThat(holding(journey.details().sequenced())).isEqualTo(Oracle.detailsSequenced(log));
        assertThat(holding(journey.details().timed())).isEqualTo(Oracle.detailsTimed(log));
        assertThat(visible(journey)).isEqualTo(Oracle.visible(log));
        everyKeyDecidesNowAndThen(log);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void isTheSameInEveryOrder(@ForAll("shortLogs") List<Said> log) {
        var one = observe(Journey.UNKNOWN, log);

        permutations(log).forEach(order -> assertSameButVersion(observe(Journey.UNKNOWN, order), one));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void dependsOnNoOrderAndNoRepetition(@ForAll("logs") List<Said> log, @ForAll Random random) {
        var shuffled = new ArrayList<>(log);
        shuffled.addAll(log.subList(0, log.size() / 2));
        Collections.shuffle(shuffled, random);

        assertSameButVersion(observe(Journey.UNKNOWN, shuffled), observe(Journey.UNKNOWN, log));
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void joinsPartsInAnyGrouping(
            @ForAll("logs") List<Said> first, @ForAll("logs") List<Said> second, @ForAll("logs") List<Said> third) {
        var all = Stream.of(first, second, third).flatMap(List::stream).toList();
        var a = observe(Journey.UNKNOWN, first);
        var b = observe(Journey.UNKNOWN, second);
        var c = observe(Journey.UNKNOWN, third);
        var whole = observe(Journey.UNKNOWN, all);

        assertJoins(a.core(), b.core(), c.core(), whole.core());
        assertJoins(a.details(), b.details(), c.details(), whole.details());
    }

    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void countsEachStateThatBecameVisibleOnce(@ForAll("logs") List<Said> log) {
        var history = new ArrayList<String>();
        var journey = Journey.UNKNOWN;
        for (var said : log) {
            var next = journey.observe(observation(said));
            assertThat(next.version() - journey.version()).isBetween(0L, 1L);
            if (next.version() > journey.version()) {
                history.add(String.valueOf(visible(next)));
            }
            journey = next;
        }

        assertThat(history).isEqualTo(Oracle.history(log));
        assertThat(journey.version()).isEqualTo(history.size());
    }

    /** A record that was applied and comes again must change nothing, not even who said so. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void changesNothingWhenTheWholeLogIsAppliedAgain(@ForAll("logs") List<Said> log) {
        var once = observe(Journey.UNKNOWN, log);

        assertThat(observe(once, log.reversed())).isEqualTo(once);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void changesNothingWhenWhatWasTimedRightComesLater(@ForAll("logs") List<Said> log, @ForAll Random random) {
        var once = observe(Journey.UNKNOWN, log);
        for (var said : log) {
            var again = redelivered(said, random.nextInt(10_000));
            var time = observation(said).timing().time();
            if (time == null || time.toEpochMilli() < said.receivedAt()) {
                assertThat(once.observe(observation(again))).isEqualTo(once);
            }
        }
    }

    /** A time that was cut at the first receipt is not cut as much at the second: another record. */
    @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
    void takesRedeliveriesForRecordsOfTheirOwn(@ForAll("logs") List<Said> log, @ForAll Random random) {
        var longer = new ArrayList<>(log);
        log.forEach(said -> longer.add(redelivered(said, 1 + random.nextInt(3_000))));
        Collections.shuffle(longer, random);
        var journey = observe(Journey.UNKNOWN, longer);

        assertThat(holding(journey.core().sequenced())).isEqualTo(Oracle.coreSequenced(longer));
        assertThat(holding(journey.core().timed())).isEqualTo(Oracle.coreTimed(longer));
        assertThat(visible(journey)).isEqualTo(Oracle.visible(longer));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void touchesNoGroupThatIsNotSpokenOf(@ForAll("logs") List<Said> log, @ForAll("records") Said said) {
        var before = observe(Journey.UNKNOWN, log);
        var after = before.observe(observation(said));

        if (said.core() == null) {
            assertThat(after.core()).isEqualTo(before.core());
        }
        if (said.details() == null) {
            assertThat(after.details()).isEqualTo(before.details());
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void holdsNoTimeLaterThanItsReceipt(@ForAll("logs") List<Said> log) {
        var journey = observe(Journey.UNKNOWN, log);

        Stream.of(journey.core(), journey.details())
                .flatMap(group -> Stream.of(group.sequenced(), group.timed()))
                .forEach(register -> {
                    if (register != null && register.time() != null) {
                        assertThat(register.time())
                                .isBeforeOrEqualTo(register.provenance().receivedAt());
                    }
                });
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void goesOnCountingWhenRebuilt(@ForAll("logs") List<Said> known, @ForAll("logs") List<Said> found) {
        var before = observe(Journey.UNKNOWN, known);
        var shadow = observe(Journey.UNKNOWN, found);
        var after = before.replacedBy(shadow.core(), shadow.details());

        assertThat(visible(after)).isEqualTo(Oracle.visible(found));
        assertThat(after.version() - before.version())
                .isEqualTo(String.valueOf(visible(before)).equals(String.valueOf(visible(shadow))) ? 0 : 1);
        assertThat(after.replacedBy(shadow.core(), shadow.details())).isEqualTo(after);
        assertThat(observe(after, found)).isEqualTo(after);
    }

    private static void everyKeyDecidesNowAndThen(List<Said> log) {
        Statistics.label("sequenced").collect(Deciding.sequenced(log, Said::core));
        Statistics.label("timed").collect(Deciding.timed(log, Said::core));
        Statistics.label("visible").collect(Deciding.visible(log));
        reaches("sequenced", Deciding.SEQUENCE, Deciding.TIME, Deciding.HASH, Deciding.PROVENANCE);
        reaches("timed", Deciding.TIME, Deciding.ASKED_TIME, Deciding.HASH, Deciding.PROVENANCE);
        reaches("visible", "timed is later", "same time", "sequenced is later");
    }

    private static void reaches(String label, Object... keys) {
        Statistics.label(label).coverage(coverage -> {
            for (var key : keys) {
                coverage.check(key).percentage(percentage -> percentage > 1);
            }
        });
    }

    private static void assertSameButVersion(Journey one, Journey other) {
        assertThat(one.core()).isEqualTo(other.core());
        assertThat(one.details()).isEqualTo(other.details());
        assertThat(visible(one)).isEqualTo(visible(other));
    }

    private static void assertJoins(Group a, Group b, Group c, Group whole) {
        assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
        assertThat(a.join(b)).isEqualTo(b.join(a));
        assertThat(a.join(a)).isEqualTo(a);
        assertThat(a.join(Group.UNKNOWN)).isEqualTo(a);
        assertThat(a.join(b).join(c)).isEqualTo(whole);
    }

    private static Said redelivered(Said said, long later) {
        return said.as(said.eventId(), said.receivedAt() + later);
    }

    private static Stream<List<Said>> permutations(List<Said> log) {
        if (log.size() < 2) {
            return Stream.of(log);
        }
        return Stream.iterate(0, at -> at < log.size(), at -> at + 1).flatMap(at -> {
            var rest = new ArrayList<>(log);
            var first = rest.remove(at.intValue());
            return permutations(rest).map(order -> Stream.concat(Stream.of(first), order.stream())
                    .toList());
        });
    }

    @Provide
    Arbitrary<List<Said>> logs() {
        return Logs.upTo(9);
    }

    @Provide
    Arbitrary<List<Said>> shortLogs() {
        return Logs.upTo(6);
    }

    @Provide
    Arbitrary<Said> records() {
        return Logs.records();
    }
}
