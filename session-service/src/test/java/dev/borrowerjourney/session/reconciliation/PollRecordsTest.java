package dev.borrowerjourney.session.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.session.platform.ToldJourney;
import dev.borrowerjourney.session.reconciliation.Known.Settlement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PollRecordsTest {

    private static final Snapshots.Source SOURCE =
            new Snapshots.Source(UUID.randomUUID(), new BorrowerKey("k".repeat(43)), "c-1", null);
    private static final Settlement ANOMALY = new Settlement("TIMES_TOO_CLOSE", 17L);

    private final ToldJourney told = Fixtures.told("jrn_1", "KYC_PENDING", "COMPLETE_KYC");

    @Test
    void tellsTheCoreAndItsTimesAndNothingPersonal() {
        var record = PollRecords.of(SOURCE, told, null).getFirst();

        assertThat(record.getSource()).isEqualTo(Source.POLL);
        assertThat(record.getBorrowerKey()).isEqualTo(SOURCE.borrower().value());
        assertThat(record.getUpdatedAt()).isEqualTo(told.updatedAt());
        assertThat(record.getAnsweredAt()).isEqualTo(told.answeredAt());
        assertThat(record.getRoundTripMillis()).isEqualTo(40);
        assertThat(record.getSequence()).isNull();
        assertThat(record.getSettles()).isNull();
        assertThat(record.getSealed()).isNull();
        assertThat(record.getJourneys()).singleElement().satisfies(journey -> {
            assertThat(journey.getJourneyId()).isEqualTo("jrn_1");
            assertThat(journey.getCore().getStatus()).isEqualTo("KYC_PENDING");
            assertThat(journey.getCore().getNextAction()).isEqualTo("COMPLETE_KYC");
            assertThat(journey.getDetails()).isNull();
        });
    }

    /** The order that the projector's RATIONALE asks for: alone, a settling poll could hide a newer state for a moment. */
    @Test
    void recordsASettlingAnswerAsAnOrdinaryOneFirst() {
        var records = PollRecords.of(SOURCE, told, ANOMALY);

        assertThat(records).extracting(JourneySnapshot::getSettles).containsExactly(null, "TIMES_TOO_CLOSE");
        assertThat(records).extracting(JourneySnapshot::getSequence).containsExactly(null, 17L);
        assertThat(records).extracting(JourneySnapshot::getUpdatedAt).containsExactly(told.updatedAt(), null);
        assertThat(records).extracting(JourneySnapshot::getEventId).doesNotHaveDuplicates();
    }

    /** Its time would be that of the asking, and a lagging answer would be taken for news. */
    @Test
    void leavesTheOrdinaryOneOutWherePlatformDoesNotSaySinceWhen() {
        var records = PollRecords.of(SOURCE, Fixtures.withoutItsTime(told), ANOMALY);

        assertThat(records).extracting(JourneySnapshot::getSettles).containsExactly("TIMES_TOO_CLOSE");
    }

    @Test
    void carriesNoSequenceWhereTheJourneyNeverHadOne() {
        var records = PollRecords.of(SOURCE, told, new Settlement("LOG_GAP", null));

        assertThat(records.getLast().getSequence()).isNull();
        assertThat(records.getLast().getSettles()).isEqualTo("LOG_GAP");
    }

    @Test
    void givesTheSameObservationTheSameId() {
        assertThat(idOf(told)).isEqualTo(idOf(told));
        assertThat(idOf(told)).isNotEqualTo(idOf(Fixtures.told("jrn_1", "KYC_PENDING", null)));
        assertThat(idOf(told)).isNotEqualTo(idOf(Fixtures.told("jrn_2", "KYC_PENDING", "COMPLETE_KYC")));
    }

    private static String idOf(ToldJourney told) {
        return List.copyOf(PollRecords.of(SOURCE, told, null)).getFirst().getEventId();
    }
}
