package dev.borrowerjourney.sandbox.load.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerificationTest {

    @Test
    void findsALostId() {
        var verification = Verification.of(Set.of("evt_1", "evt_2", "evt_3"), Map.of("evt_1", 1, "evt_3", 1));

        assertThat(verification.lost()).containsExactly("evt_2");
        assertThat(verification.complete()).isFalse();
    }

    /** Equal counts must not hide that one id is missing and another is there twice. */
    @Test
    void findsALostIdBehindARepeatedOne() {
        var verification = Verification.of(Set.of("evt_1", "evt_2"), Map.of("evt_1", 2));

        assertThat(verification.lost()).containsExactly("evt_2");
        assertThat(verification.repeated()).containsExactly(Map.entry("evt_1", 2));
        assertThat(verification.records()).isEqualTo(2);
    }

    @Test
    void allowsRecordsThatWereNeverAcknowledged() {
        var verification = Verification.of(Set.of("evt_1"), Map.of("evt_1", 1, "evt_2", 1));

        assertThat(verification.unacknowledged()).containsExactly("evt_2");
        assertThat(verification.complete()).isTrue();
    }

    @Test
    void provesNothingFromNothing() {
        assertThat(Verification.of(Set.of(), Map.of()).complete()).isFalse();
    }
}
