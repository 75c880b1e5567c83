package dev.borrowerjourney.projector.law;

import static dev.borrowerjourney.projector.law.LawFixtures.core;
import static dev.borrowerjourney.projector.law.LawFixtures.details;
import static dev.borrowerjourney.projector.law.LawFixtures.poll;
import static dev.borrowerjourney.projector.law.LawFixtures.redelivered;
import static dev.borrowerjourney.projector.law.LawFixtures.settlingPoll;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
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
        assertThat(kinds(started, core(5L, 110, "OFFERS"))).containsExactly(Anomaly.SEQUENCE_REUSED);
    }

    @Test
    void findsSequenceReusedForOtherDetails() {
        var offered = started.observe(details(5L, 100, "one offer"));

        assertThat(kinds(offered, details(5L, 110, "two offers"))).containsExactly(Anomaly.SEQUENCE_REUSED);
    }

    @Test
    void findsSequenceThatWentBack() {
        assertThat(kinds(started, core(1L, 110, "OFFERS"))).containsExactly(Anomaly.SEQUENCE_WENT_BACK);
    }

    @Test
    void findsTimesTooCloseToTell() {
        assertThat(kinds(started, poll(102, "OFFERS"))).containsExactly(Anomaly.TIMES_TOO_CLOSE);
        assertThat(found(started, poll(103, "OFFERS"))).isEmpty();
    }

    @Test
    void findsPollThatDiffersFromVisibleState() {
        assertThat(kinds(started, poll(90, "OFFERS"))).containsExactly(Anomaly.POLL_DIFFERS);
    }

    @Test
    void findsReopenedJourney() {
        var closed = started.observe(core(6L, 110, "CLOSED"));

        assertThat(kinds(closed, core(7L, 120, "OFFERS"))).containsExactly(Anomaly.REOPENED);
    }

    /** Else each settling poll would call for the next one. */
    @Test
    void doesNotBlameSettlingPollForItsSequence() {
        assertThat(found(started, settlingPoll(5L, 120, "OFFERS"))).isEmpty();
    }

    /** A webhook that comes once more after its sequence was settled tells nothing new. */
    @Test
    void doesNotBlameWebhookForSettlingPollOfItsSequence() {
        var settled = started.observe(settlingPoll(5L, 120, "OFFERS"));

        assertThat(found(settled, redelivered(core(5L, 100, "STARTED")))).isEmpty();
    }

    @Test
    void findsOneCauseHoweverOftenItIsSaid() {
        var reused = core(5L, 110, "OFFERS");
        var wentBack = core(1L, 120, "CLOSED");
        var differs = poll(90, "CLOSED");

        assertThat(causes(reused, wentBack, differs)).hasSize(3);
        assertThat(causes(
                        reused,
                        wentBack,
                        redelivered(reused),
                        redelivered(core(5L, 100, "STARTED")),
                        differs,
                        redelivered(wentBack),
                        redelivered(differs),
                        redelivered(wentBack)))
                .hasSize(3);
    }

    @Test
    void findsOneCauseForLaterAnswersOfTheSameState() {
        assertThat(causes(poll(101, "OFFERS"), poll(101, 105, "OFFERS"), poll(101, 109, "OFFERS")))
                .hasSize(1);
    }

    @Test
    void findsAnotherCauseForEachOtherContradiction() {
        assertThat(causes(core(1L, 110, "OFFERS"), core(2L, 120, "CLOSED"))).hasSize(2);
        assertThat(causes(core(5L, 110, "OFFERS"), core(5L, 120, "CLOSED"))).hasSize(2);
        assertThat(causes(poll(80, "OFFERS"), poll(90, "CLOSED"))).hasSize(2);
    }

    /** Nobody would ask again, and the journey would stay wrong. */
    @Test
    void asksAgainWhenSettlingPollDidNotWin() {
        assertThat(causes(poll(90, "OFFERS"), settlingPoll(5L, 95, "OFFERS"), settlingPoll(5L, 99, "OFFERS")))
                .hasSize(3)
                .extracting(Cause::anomaly)
                .containsOnly(Anomaly.POLL_DIFFERS);
    }

    @Test
    void namesSequenceToSettle() {
        assertThat(started.settles()).isEqualTo(5);
        assertThat(Journey.UNKNOWN.observe(poll(10, "STARTED")).settles()).isNull();
    }

    private Set<Cause> causes(Observation... said) {
        var causes = new HashSet<Cause>();
        var journey = started;
        for (var observation : said) {
            causes.addAll(found(journey, observation));
            journey = journey.observe(observation);
        }
        return causes;
    }

    private List<Anomaly> kinds(Journey before, Observation observation) {
        return found(before, observation).stream().map(Cause::anomaly).toList();
    }

    private Set<Cause> found(Journey before, Observation observation) {
        return anomalies.of(before, observation, before.observe(observation));
    }
}
