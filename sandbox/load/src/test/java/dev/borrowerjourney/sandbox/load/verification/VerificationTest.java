package dev.borrowerjourney.sandbox.load.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerificationTest {

    @Test
    void findsALostId() {
        var verification = Verification.of(ids("evt_1", "evt_2", "evt_3"), ids("evt_1", "evt_3"));

        assertThat(verification.lost()).containsExactly("evt_2");
        assertThat(verification.complete()).isFalse();
    }

    /** Equal counts must not hide that one id is missing and another is there twice. */
    @Test
    void findsALostIdBehindARepeatedOne() {
        var verification = Verification.of(ids("evt_1", "evt_2"), ids("evt_1", "evt_1"));

        assertThat(verification.lost()).containsExactly("evt_2");
        assertThat(verification.repeated()).containsExactly(Map.entry("evt_1", 2));
        assertThat(verification.records()).isEqualTo(2);
    }

    @Test
    void allowsRecordsThatWereNeverAcknowledged() {
        var verification = Verification.of(ids("evt_1"), ids("evt_1", "evt_2"));

        assertThat(verification.unacknowledged()).containsExactly("evt_2");
        assertThat(verification.complete()).isTrue();
    }

    @Test
    void provesNothingFromNothing() {
        assertThat(Verification.of(ids(), ids()).complete()).isFalse();
    }

    private static Ids ids(String... ids) {
        return Ids.of(List.of(ids));
    }
}
