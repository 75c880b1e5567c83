package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the bench of the relay takes for a right answer. */
class RelayAnswersTest {

    static final String JOURNEY = "0b7c1a52-6f7e-4a3e-9f2f-6d1f8d6a4f10";

    final RelaySessions.Live session = new RelaySessions.Live(JOURNEY, "token");
    final String raw = StateAnswer.template().replace("$1", JOURNEY);
    final String clean = StateAnswer.expected(JOURNEY).toString();

    @Test
    void hasTwoKilobytesWithInternalsToRemove() {
        assertThat(raw.getBytes(UTF_8)).hasSize(2_048);
        assertThat(StateAnswer.INTERNALS).allMatch(raw::contains).noneMatch(clean::contains);
    }

    @Test
    void acceptsTheRawAnswerFromTheLimitAndTheCleanOneFromOurs() {
        assertThat(RelayRuns.wrong(session, 200, raw, false)).isEmpty();
        assertThat(RelayRuns.wrong(session, 200, clean, true)).isEmpty();
    }

    @Test
    void refusesWhatIsNotCleanedOrCleanedTooMuch() {
        assertThat(RelayRuns.wrong(session, 200, raw, true))
                .isEqualTo("internals of the network in an answer: [bap_id, bpp_uri, transaction_id, ONDC:RET10]");
        assertThat(RelayRuns.wrong(session, 200, clean.replace("\"attempts\":3", "\"attempts\":4"), true))
                .isEqualTo("an answer that differs in more than the internals");
    }

    @Test
    void refusesAnotherStatusAndAnotherJourney() {
        assertThat(RelayRuns.wrong(session, 401, raw, true)).isEqualTo("answers 401 (expected: 200)");
        assertThat(RelayRuns.wrong(session, 200, raw.replace(JOURNEY, JOURNEY.replace('0', '1')), false))
                .startsWith("an answer of 2048 characters");
        assertThat(RelayRuns.wrong(session, 200, clean.replace(JOURNEY, JOURNEY.replace('0', '1')), true))
                .isEqualTo("an answer that differs in more than the internals");
    }

    @Test
    void doesNotShowItsTokens() {
        assertThat(session.toString()).isEqualTo("Live[" + JOURNEY + "]");
    }
}
