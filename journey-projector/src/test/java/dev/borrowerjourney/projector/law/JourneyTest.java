package dev.borrowerjourney.projector.law;

import static dev.borrowerjourney.projector.law.LawFixtures.at;
import static dev.borrowerjourney.projector.law.LawFixtures.core;
import static dev.borrowerjourney.projector.law.LawFixtures.details;
import static dev.borrowerjourney.projector.law.LawFixtures.poll;
import static dev.borrowerjourney.projector.law.LawFixtures.settlingPoll;
import static dev.borrowerjourney.projector.law.LawFixtures.status;
import static dev.borrowerjourney.projector.law.LawFixtures.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JourneyTest {

    @Test
    void staysInvisibleWithoutCore() {
        var journey = Journey.UNKNOWN.observe(details(1L, 10, "offers"));

        assertThat(journey.visible()).isEmpty();
        assertThat(journey.version()).isZero();
    }

    @Test
    void becomesVisibleWithCoreKnown() {
        var journey = Journey.UNKNOWN.observe(details(1L, 10, "offers")).observe(core(2L, 11, "STARTED"));

        assertThat(journey.version()).isEqualTo(1);
        assertThat(status(journey)).isEqualTo("STARTED");
    }

    @Test
    void keepsDetailsWhenPollSpeaksOfCoreOnly() {
        var journey = Journey.UNKNOWN
                .observe(webhook(1L, 10, "OFFERS_AVAILABLE", "offers"))
                .observe(poll(20, "OFFER_SELECTED"));

        assertThat(status(journey)).isEqualTo("OFFER_SELECTED");
        assertThat(journey.visible().orElseThrow().details()).isNotNull();
    }

    @Test
    void prefersSequencedAtEqualTimes() {
        var journey = Journey.UNKNOWN.observe(poll(10, "STARTED")).observe(core(1L, 10, "CLOSED"));

        assertThat(status(journey)).isEqualTo("CLOSED");
    }

    @Test
    void countsNoVersionWhenOnlySourceAndTimeChange() {
        var journey = Journey.UNKNOWN.observe(core(1L, 10, "STARTED")).observe(poll(20, "STARTED"));

        assertThat(journey.version()).isEqualTo(1);
        assertThat(journey.visible().orElseThrow().core().provenance().source()).isEqualTo(Source.POLL);
    }

    /** After a restart of the platform's sequence the old, greater sequence would win for ever. */
    @Test
    void letsSettlingPollWinAtItsSequence() {
        var journey = Journey.UNKNOWN
                .observe(core(9L, 10, "STARTED"))
                .observe(core(1L, 20, "CLOSED"))
                .observe(settlingPoll(9L, 30, "CLOSED"))
                .observe(core(2L, 25, "STARTED"));

        assertThat(status(journey)).isEqualTo("CLOSED");
    }

    /** A replica answered the settling poll, half a second after a fresher one had told the newer state. */
    @Test
    void keepsNewerStateWhenSettlingPollIsBehind() {
        var journey = Journey.UNKNOWN
                .observe(core(9L, 100, "STARTED"))
                .observe(poll(119, "CLOSED"))
                .observe(settlingPoll(9L, 120, "OFFERS"));

        assertThat(status(journey)).isEqualTo("CLOSED");
    }

    @Test
    void timesSettlingPollBeforeItsRoundTripAndTheLagOfReplicas() {
        var timing = Timing.settlingPoll(9L, at(50), Duration.ofSeconds(3), at(100));

        assertThat(timing).isEqualTo(new Timing(9L, at(45), at(50)));
    }

    @Test
    void takesNoTimeLaterThanReceipt() {
        var timing = Timing.webhook(null, at(500), null, at(100));

        assertThat(timing.time()).isEqualTo(at(100));
    }

    @Test
    void timesPollWithoutUpdatedAtBeforeItsRoundTrip() {
        var timing = Timing.poll(null, at(50), Duration.ofSeconds(3), at(100));

        assertThat(timing.time()).isEqualTo(at(47));
        assertThat(timing.askedTime()).isEqualTo(at(50));
    }

    @Test
    void fallsBackToEventTime() {
        assertThat(Timing.webhook(1L, null, at(7), at(100)).time()).isEqualTo(at(7));
        assertThat(Timing.webhook(1L, null, null, at(100)).time()).isNull();
    }
}
