package dev.borrowerjourney.projector.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.law.Journey;
import dev.borrowerjourney.projector.projection.Decoded;
import dev.borrowerjourney.projector.projection.SaidRecords;
import dev.borrowerjourney.projector.projection.SaidRecords.SaidRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** The shadow of a log knows what the law makes of it, however it came there. */
class ShadowFoldPropertiesTest {

    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void knowsWhatTheLawMakesOfTheLog(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var records = SaidRecords.decoded(log);

        assertThat(registers(shadow(Map.of(), records, random))).isEqualTo(served(records));
        Statistics.label("several journeys")
                .collect(served(records).size() > 2)
                .coverage(coverage -> coverage.check(true).percentage(percentage -> percentage > 20));
    }

    /** Whatever a killed command has written, it goes on from there. */
    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void goesOnFromAnywhere(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var records = SaidRecords.decoded(log);
        int killed = random.nextInt(records.size() + 1);
        var before = shadow(Map.of(), records.subList(0, killed), random);

        assertThat(registers(shadow(before, records.subList(killed, records.size()), random)))
                .isEqualTo(served(records));
    }

    /** The read model fills in what was received before any moment at which all that is gone had been received. */
    @Property(tries = 250, edgeCases = EdgeCasesMode.NONE)
    void losesNothingThatTheLogHasDropped(@ForAll("logs") List<SaidRecord> log, @ForAll Random random) {
        var records = SaidRecords.decoded(log);
        int gone = random.nextInt(records.size() + 1);
        var bound = records.subList(0, gone).stream()
                .map(ShadowFoldPropertiesTest::receivedAt)
                .max(Instant::compareTo)
                .map(last -> last.plusMillis(1))
                .orElse(Instant.EPOCH);
        var filled = new HashMap<String, ShadowRow>();
        rows(records).forEach((key, row) -> filled.put(key, Fill.receivedBefore(bound, row)));

        assertThat(registers(shadow(filled, records.subList(gone, records.size()), random)))
                .isEqualTo(served(records));
    }

    private static Map<String, ShadowRow> shadow(Map<String, ShadowRow> before, List<Decoded> records, Random random) {
        var written = new HashMap<>(before);
        var fold = new ShadowFold(Set.of(), Set.of());
        for (int from = 0; from < records.size(); ) {
            int to = Math.min(records.size(), from + 1 + random.nextInt(6));
            fold.take(records.subList(from, to), keys -> keys.stream()
                    .filter(written::containsKey)
                    .map(written::get)
                    .toList());
            if (random.nextBoolean()) {
                write(fold, written);
                fold.written(random.nextInt(3));
            }
            from = to;
        }
        write(fold, written);
        return written;
    }

    private static void write(ShadowFold fold, Map<String, ShadowRow> written) {
        fold.changed().forEach(row -> written.put(row.journeyKey(), row));
    }

    /** As the projection folds them, one after the other. */
    private static Map<String, ShadowRow> rows(List<Decoded> records) {
        var rows = new HashMap<String, ShadowRow>();
        for (var record : records) {
            if (record instanceof Decoded.Legible(var _, var snapshot)) {
                for (var said : snapshot.journeys()) {
                    var key = snapshot.borrower().journeyKey(said.journeyId());
                    var row = rows.getOrDefault(
                            key,
                            ShadowRow.unknown(
                                    key, snapshot.borrower().value(), snapshot.applicationId(), said.journeyId()));
                    rows.put(key, row.observe(said.observation()));
                }
            }
        }
        return rows;
    }

    private static Map<String, List<Object>> served(List<Decoded> records) {
        return registers(rows(records));
    }

    private static Map<String, List<Object>> registers(Map<String, ShadowRow> rows) {
        var registers = new HashMap<String, List<Object>>();
        rows.forEach((key, row) -> {
            Journey journey = row.journey();
            if (!row.empty()) {
                registers.put(key, List.of(journey.core(), journey.details()));
            }
        });
        return registers;
    }

    private static Instant receivedAt(Decoded record) {
        return record instanceof Decoded.Legible(var _, var snapshot) ? snapshot.receivedAt() : Instant.EPOCH;
    }

    @Provide
    Arbitrary<List<SaidRecord>> logs() {
        return SaidRecords.logs();
    }
}
