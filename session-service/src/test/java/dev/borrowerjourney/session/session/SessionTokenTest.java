package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

    @Test
    void isFoundByItsHash() {
        var token = SessionToken.random();

        assertThat(SessionToken.of(token.reveal()).hash())
                .isEqualTo(token.hash())
                .hasSize(32);
    }

    @Test
    void printsNothing() {
        var token = SessionToken.random();

        assertThat(token.toString()).doesNotContain(token.reveal().substring(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bst_", "sk_test_1", "bst_short", "BST_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void isNoOtherTextInVaultedCustody(String text) {
        assertThat(Custody.VAULTED.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hst_opaque-token-0001", "eyJhbGciOi.J9.c2ln", "bst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void isWhateverThePlatformChoosesInDirectCustody(String text) {
        assertThat(Custody.DIRECT.read(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with a space", "with\u00e4umlaut"})
    void isNothingThatFitsIntoNoHeader(String text) {
        assertThat(Custody.DIRECT.read(text)).isEmpty();
    }
}
