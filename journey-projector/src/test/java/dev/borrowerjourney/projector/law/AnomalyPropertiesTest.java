package dev.borrowerjourney.projector.law;

import static dev.borrowerjourney.projector.law.SaidObservations.observation;
import static dev.borrowerjourney.projector.law.SaidObservations.observe;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.oracle.Logs;
import dev.borrowerjourney.projector.oracle.Said;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

class AnomalyPropertiesTest {

    final Anomalies anomalies = new Anomalies(core -> core.canonical().contains("CLOSED"));

    /** Asked after everything else was said, it is what is seen, whatever sequences and clocks were like before. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void letsSettlingPollWinInAnyOrder(
            @ForAll("logs") List<Said> log, @ForAll("cores") String core, @ForAll Random random) {
        var settling = settling(observe(Journey.UNKNOWN, log).settles(), 20_000, core);
        var all = new ArrayList<>(log);
        all.add(settling);
        Collections.shuffle(all, random);

        assertThat(observe(Journey.UNKNOWN, all)
                        .visible()
                        .map(state -> state.core().content().canonical()))
                .contains(core);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void findsNothingInSettlingPollThatWon(@ForAll("logs") List<Said> log, @ForAll("openCores") String core) {
        var journey = observe(Journey.UNKNOWN, log);
        var settling = settling(journey.settles(), 20_000, core);

        assertThat(found(journey, settling)).noneMatch(cause -> cause.anomaly() != Anomaly.REOPENED);
    }

    /** A new cause is a new thing to settle, so whoever repeats himself must not make one. */
    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void findsNoNewCauseInRepetition(@ForAll("logs") List<Said> log, @ForAll Random random) {
        var kinds = EnumSet.noneOf(Anomaly.class);
        var journey = Journey.UNKNOWN;
        for (var said : log) {
            var first = found(journey, said);
            journey = journey.observe(observation(said));
            first.forEach(cause -> kinds.add(cause.anomaly()));
            assertThat(first).containsAll(found(journey, said));
            if (timedRight(said)) {
                var again = said.as(said.eventId(), said.receivedAt() + 1 + random.nextInt(5_000));
                assertThat(first).containsAll(found(journey, again));
            }
        }
        everyKindIsReached(kinds);
    }

    private static void everyKindIsReached(Set<Anomaly> kinds) {
        for (var kind : EnumSet.complementOf(EnumSet.of(Anomaly.OWNER_CHANGED))) {
            Statistics.label(kind.name()).collect(kinds.contains(kind));
            Statistics.label(kind.name())
                    .coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 5));
        }
    }

    private static boolean timedRight(Said said) {
        var time = observation(said).timing().time();
        return time == null || time.toEpochMilli() < said.receivedAt();
    }

    private Set<Cause> found(Journey before, Said said) {
        var observation = observation(said);
        return anomalies.of(before, observation, before.observe(observation));
    }

    private static Said settling(@Nullable Long sequence, long answeredAt, String core) {
        return new Said(
                Said.Kind.POLL,
                "settling",
                sequence,
                null,
                null,
                null,
                answeredAt,
                100,
                true,
                answeredAt + 100,
                core,
                null);
    }

    @Provide
    Arbitrary<List<Said>> logs() {
        return Logs.upTo(9);
    }

    @Provide
    Arbitrary<String> cores() {
        return Logs.cores();
    }

    @Provide
    Arbitrary<String> openCores() {
        return Logs.cores().filter(core -> !core.contains("CLOSED"));
    }
}
