package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTokenTest {

    @Test
    void isFoundByItsHash() {
        var token = SessionToken.random();

        assertThat(SessionToken.of(token.reveal()).orElseThrow().hash())
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
    void isNoOtherText(String text) {
        assertThat(SessionToken.of(text)).isEmpty();
    }
}
