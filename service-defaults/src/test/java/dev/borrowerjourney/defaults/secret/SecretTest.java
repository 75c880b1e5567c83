package dev.borrowerjourney.defaults.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretTest {

    @Test
    void doesNotPrint() {
        assertThat(Secret.of("sesame")).hasToString("***");
    }

    @Test
    void equalsByContentWithoutTellingAnythingByItsHash() {
        assertThat(Secret.of("sesame")).isEqualTo(Secret.of("sesame")).isNotEqualTo(Secret.of("sesamf"));
        assertThat(Secret.of("sesame")).hasSameHashCodeAs(Secret.of("other"));
    }

    @Test
    void handsOutCopies() {
        var secret = Secret.of("sesame");
        secret.utf8()[0] = 'x';

        assertThat(secret.reveal()).isEqualTo("sesame");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
