package dev.borrowerjourney.session.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
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
    void is256BitsThatNoOtherHas() {
        var tokens = Stream.generate(SessionToken::random)
                .limit(1_000)
                .map(token -> Base64.getUrlDecoder().decode(token.reveal().substring("bst_".length())))
                .toList();

        assertThat(tokens).allMatch(bits -> bits.length == 32);
        assertThat(tokens.stream().map(Arrays::toString)).doesNotHaveDuplicates();
        // Every bit is on in about half of them; a fixed or counted one would be far from it.
        for (int bit = 0; bit < 256; bit++) {
            int place = bit;
            assertThat(tokens.stream()
                            .filter(bits -> (bits[place / 8] >> (place % 8) & 1) == 1)
                            .count())
                    .isBetween(300L, 700L);
        }
    }

    @Test
    void printsNothing() {
        var token = SessionToken.random();

        assertThat(token.toString()).doesNotContain(token.reveal().substring(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bst_",
                "sk_test_1",
                "bst_short",
                "BST_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
                "bst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00e4",
                "bst_/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "bst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"
            })
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

    @Test
    void isOursWithEveryCharacterOfBase64Url() {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        assertThat(Custody.VAULTED.read("bst_" + alphabet.substring(0, 43))).isPresent();
        assertThat(Custody.VAULTED.read("bst_" + alphabet.substring(21))).isPresent();
    }

    @Test
    void hasALengthThatFitsIntoAHeader() {
        assertThat(Custody.DIRECT.read("!~345678")).isPresent();
        assertThat(Custody.DIRECT.read("t".repeat(4_096))).isPresent();
        assertThat(Custody.DIRECT.read("t".repeat(4_097))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "short", "sevenit", "with a space", "with\u00e4umlaut", "with\u007fdelete", "with\nline-feed"
            })
    void isNothingThatFitsIntoNoHeader(String text) {
        assertThat(Custody.DIRECT.read(text)).isEmpty();
    }
}
