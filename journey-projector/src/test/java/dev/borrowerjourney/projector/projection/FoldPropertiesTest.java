package dev.borrowerjourney.projector.projection;

import static dev.borrowerjourney.projector.projection.SaidRecords.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.law.Group;
import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.law.Register;
import dev.borrowerjourney.projector.oracle.Oracle;
import dev.borrowerjourney.projector.projection.SaidRecords.SaidRecord;
import dev.borrowerjourney.projector.state.Registers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.jspecify.annotations.Nullable;

/**
 * The same log gives the same versions, history and positions, however it is cut into batches: through the real
 * reader and fold, with every row written and read between two batches.
 */
class FoldPropertiesTest {

    /** What is written in the end. */
    private record Written(
            List<ChangeRow> changes, List<String> deadLetters, Map<String, JourneyRow> journeys, long position) {}

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void givesTheSameInAnyBatching(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var whole = write(decoded(log), log.size(), random);

        assertThat(write(decoded(log), 1, random)).isEqualTo(whole);
        assertThat(write(decoded(log), 5, random)).isEqualTo(whole);
        isWorthIt(whole);
    }

    /** The database lost its last commits: applying the log again from there gives the same rows. */
    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void givesTheSameWhenAppliedAgainFromEarlier(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var records = decoded(log);
        int lost = random.nextInt(records.size() + 1);
        var kept = write(records.subList(0, lost), 3, random);
        var again = write(kept, records.subList(lost, records.size()), 3, random);

        assertThat(again).isEqualTo(write(records, 3, random));
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void writesTheHistoryThatTheOracleTells(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var written = write(decoded(log), 4, random);

        SaidRecords.byJourney(log).forEach((key, said) -> {
            assertThat(written.changes().stream()
                            .filter(change -> change.journeyKey().equals(key))
                            .map(ChangeRow::after))
                    .isEqualTo(Oracle.history(said).stream()
                            .map(SaidRecords::stateOf)
                            .toList());
            assertThat(written.journeys()
                            .getOrDefault(key, SaidRecords.NOTHING)
                            .journey()
                            .version())
                    .isEqualTo(Oracle.history(said).size());
        });
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void countsVersionsAndPositionsWithoutGapOrFall(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var written = write(decoded(log), 4, random);
        var versions = new HashMap<String, Long>();
        for (var change : written.changes()) {
            assertThat(change.version()).isEqualTo(1 + versions.getOrDefault(change.journeyKey(), 0L));
            versions.put(change.journeyKey(), change.version());
        }

        assertThat(written.position())
                .isEqualTo(written.changes().size() + written.deadLetters().size());
        assertThat(written.changes()).extracting(ChangeRow::position).isSorted().doesNotHaveDuplicates();
    }

    private static Written write(List<Decoded> records, int largest, Random random) {
        return write(new Written(List.of(), List.of(), Map.of(), 0), records, largest, random);
    }

    private static Written write(Written before, List<Decoded> records, int largest, Random random) {
        var changes = new ArrayList<>(before.changes());
        var deadLetters = new ArrayList<>(before.deadLetters());
        var journeys = new HashMap<>(before.journeys());
        long position = before.position();
        for (int from = 0; from < records.size(); ) {
            int to = Math.min(
                    records.size(), from + (largest == records.size() ? largest : 1 + random.nextInt(largest)));
            var fold = new Fold(journeys, position);
            records.subList(from, to).forEach(fold::apply);
            fold.journeys().forEach(row -> journeys.put(row.journeyKey(), readBack(row)));
            changes.addAll(fold.changes());
            fold.deadLetters()
                    .forEach(row ->
                            deadLetters.add(row.position() + "@" + row.source().offset()));
            position = fold.position();
            from = to;
        }
        return new Written(changes, deadLetters, journeys, position);
    }

    /** As the database gives it back. */
    private static JourneyRow readBack(JourneyRow row) {
        var journey = row.journey();
        return new JourneyRow(
                row.journeyKey(),
                row.borrowerKey(),
                row.applicationId(),
                row.journeyId(),
                new Journey(
                        new Group(
                                core(journey.core().sequenced()),
                                core(journey.core().timed())),
                        new Group(
                                details(journey.details().sequenced()),
                                details(journey.details().timed())),
                        journey.version()),
                row.changedAt(),
                row.confirmedAt(),
                row.freshAsOf(),
                row.stale(),
                row.sourceOffset());
    }

    private static @Nullable Register core(@Nullable Register register) {
        return Registers.readCore(Registers.json(register));
    }

    private static @Nullable Register details(@Nullable Register register) {
        return Registers.readDetails(Registers.json(register));
    }

    private static void isWorthIt(Written written) {
        reaches("versions above 2", written.changes().stream().anyMatch(change -> change.version() > 2));
        reaches("several journeys", written.journeys().size() > 2);
        reaches("dead letters", !written.deadLetters().isEmpty());
        reaches(
                "details",
                written.journeys().values().stream()
                        .anyMatch(row -> row.journey().details().visible().isPresent()));
    }

    private static void reaches(String label, boolean reached) {
        Statistics.label(label).collect(reached);
        Statistics.label(label).coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 20));
    }

    @Provide
    Arbitrary<List<SaidRecord>> logs() {
        return SaidRecords.logs();
    }
}
