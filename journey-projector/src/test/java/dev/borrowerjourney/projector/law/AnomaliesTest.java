package dev.borrowerjourney.projector.law;

import static dev.borrowerjourney.projector.law.LawFixtures.core;
import static dev.borrowerjourney.projector.law.LawFixtures.poll;
import static dev.borrowerjourney.projector.law.LawFixtures.settlingPoll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AnomaliesTest {

    final Anomalies anomalies = new Anomalies(core -> core.canonical().equals("CLOSED"));
    final Journey started = Journey.UNKNOWN.observe(core(5L, 100, "STARTED"));

    @Test
    void findsNothingInOrdinaryProgress() {
        assertThat(found(started, core(6L, 110, "OFFERS"))).isEmpty();
        assertThat(found(started, core(5L, 100, "STARTED"))).isEmpty();
        assertThat(found(started, core(4L, 90, "OFFERS"))).isEmpty();
        assertThat(found(started, poll(110, "OFFERS"))).isEmpty();
    }

    @Test
    void findsReusedSequence() {
        assertThat(found(started, core(5L, 110, "OFFERS"))).containsExactly(Anomaly.SEQUENCE_REUSED);
    }

    @Test
    void findsSequenceThatWentBack() {
        assertThat(found(started, core(1L, 110, "OFFERS"))).containsExactly(Anomaly.SEQUENCE_WENT_BACK);
    }

    @Test
    void findsTimesTooCloseToTell() {
        assertThat(found(started, poll(102, "OFFERS"))).containsExactly(Anomaly.TIMES_TOO_CLOSE);
        assertThat(found(started, poll(103, "OFFERS"))).isEmpty();
    }

    @Test
    void findsPollThatDiffersFromVisibleState() {
        assertThat(found(started, poll(90, "OFFERS"))).containsExactly(Anomaly.POLL_DIFFERS);
    }

    @Test
    void findsReopenedJourney() {
        var closed = started.observe(core(6L, 110, "CLOSED"));

        assertThat(found(closed, core(7L, 120, "OFFERS"))).containsExactly(Anomaly.REOPENED);
    }

    /** Else each settling poll would call for the next one. */
    @Test
    void doesNotBlameSettlingPollForItsSequence() {
        assertThat(found(started, settlingPoll(5L, 120, "OFFERS"))).isEmpty();
    }

    private Set<Anomaly> found(Journey before, Observation observation) {
        return anomalies.of(before, observation, before.observe(observation));
    }
}
