package dev.borrowerjourney.projector.projection;

import static dev.borrowerjourney.projector.SnapshotFixtures.DETAILS;
import static dev.borrowerjourney.projector.SnapshotFixtures.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.projector.law.Anomaly;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FoldTest {

    final SnapshotFixtures journey = new SnapshotFixtures();

    @Test
    void writesOneChangeForEachVisibleStateAndOneRowForAll() {
        var fold = new Fold(Map.of(), 40);
        log().forEach(fold::apply);

        assertThat(fold.changes()).extracting(ChangeRow::version).containsExactly(1L, 2L, 3L, 4L);
        assertThat(fold.changes()).extracting(ChangeRow::position).containsExactly(41L, 42L, 43L, 44L);
        assertThat(fold.journeys()).hasSize(1);
        assertThat(fold.newJourneys()).containsExactly(journey.journeyKey());
    }

    /** The same log must give the same versions, history and positions, however it is cut into batches. */
    @Test
    void givesSameHistoryInAnyBatching() {
        var whole = new Fold(Map.of(), 0);
        log().forEach(whole::apply);

        for (int seed = 0; seed < 50; seed++) {
            assertThat(inBatches(new Random(seed))).isEqualTo(whole.changes());
        }
    }

    @Test
    void confirmsByPollAndByNothingElse() {
        var fold = new Fold(Map.of(), 0);
        log().forEach(fold::apply);

        assertThat(fold.changes()).extracting(ChangeRow::confirmedAt).containsExactly(null, null, at(22), null);
    }

    @Test
    void growsFresherByRepetition() {
        var fold = new Fold(Map.of(), 0);
        fold.apply(record(0, journey.webhook(1, "STARTED", null)));
        fold.apply(record(1, journey.poll(9, "STARTED", null)));

        assertThat(fold.changes()).hasSize(1);
        assertThat(fold.journeys()).extracting(JourneyRow::freshAsOf).containsExactly(at(11));
        assertThat(fold.journeys()).extracting(JourneyRow::changedAt).containsExactly(at(2));
    }

    @Test
    void givesDeadLettersTheirPlaceAmongChanges() {
        var fold = new Fold(Map.of(), 0);
        fold.apply(record(0, journey.webhook(1, "STARTED", null)));
        fold.apply(new Decoded.Poison(source(1), PoisonReason.NOT_AVRO, null));
        fold.apply(record(2, journey.webhook(2, "CLOSED", null)));

        assertThat(fold.changes()).extracting(ChangeRow::position).containsExactly(1L, 3L);
        assertThat(fold.deadLetters()).extracting(DeadLetterRow::position).containsExactly(2L);
    }

    @Test
    void makesJourneyDueOnceForEachCause() {
        var fold = new Fold(Map.of(), 0);
        fold.apply(record(0, journey.webhook(9, "STARTED", null)));
        fold.apply(record(1, journey.poll(5, "CLOSED", null)));
        fold.apply(record(2, journey.poll(5, "CLOSED", null)));
        fold.apply(record(3, journey.poll(6, "REJECTED", null)));

        assertThat(fold.due()).hasSize(2).allSatisfy(due -> {
            assertThat(due.journeyKey()).isEqualTo(journey.journeyKey());
            assertThat(due.cause().anomaly()).isEqualTo(Anomaly.POLL_DIFFERS);
            assertThat(due.sequence()).isEqualTo(9);
            assertThat(due.settled()).isFalse();
        });
        assertThat(fold.due()).extracting(DueRow::dueAt).containsExactly(at(9), at(10));
    }

    /** An answer that was on its way already may be as old as what made the journey due. */
    @Test
    void takesSettlingPollForAnAnswerOnlyIfAskedWhenDue() {
        var fold = new Fold(Map.of(), 0);
        fold.apply(record(0, journey.webhook(4, "STARTED", null)));
        fold.apply(record(1, journey.webhook(4, "PROFILE_REQUIRED", null)));

        fold.apply(record(2, journey.settlingPoll(4, 6, "PROFILE_REQUIRED")));
        assertThat(fold.due()).extracting(DueRow::settled).contains(false);

        fold.apply(record(3, journey.settlingPoll(4, 60, "PROFILE_REQUIRED")));
        assertThat(fold.due()).extracting(DueRow::settled).containsOnly(true);
        assertThat(fold.settled()).containsOnlyKeys(journey.journeyKey());
    }

    private List<ChangeRow> inBatches(Random random) {
        var changes = new ArrayList<ChangeRow>();
        var rows = new HashMap<String, JourneyRow>();
        long position = 0;
        var rest = log();
        while (!rest.isEmpty()) {
            int size = 1 + random.nextInt(rest.size());
            var fold = new Fold(rows, position);
            rest.subList(0, size).forEach(fold::apply);
            fold.journeys().forEach(row -> rows.put(row.journeyKey(), row));
            changes.addAll(fold.changes());
            position = fold.position();
            rest = rest.subList(size, rest.size());
        }
        return changes;
    }

    private List<Decoded> log() {
        return List.of(
                record(0, journey.webhook(1, "STARTED", "COMPLETE_PROFILE")),
                record(1, journey.webhook(1, "STARTED", "COMPLETE_PROFILE")),
                record(2, journey.webhook(5, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS)),
                record(3, journey.webhook(3, "PROFILE_SUBMITTED", null)),
                record(4, journey.poll(20, "OFFER_SELECTED", null)),
                record(5, journey.webhook(5, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS)),
                record(6, journey.webhook(30, "KYC_PENDING", "COMPLETE_KYC")));
    }

    private static Decoded record(long offset, JourneySnapshot snapshot) {
        var source = new SourceRecord(
                offset,
                Instant.EPOCH,
                snapshot.getBorrowerKey().getBytes(UTF_8),
                new byte[0],
                Map.of("ce_correlationid", "c".getBytes(UTF_8)));
        return new Decoded.Legible(source, SnapshotReader.read(source, snapshot));
    }

    private static SourceRecord source(long offset) {
        return new SourceRecord(offset, Instant.EPOCH, null, null, Map.of());
    }
}
