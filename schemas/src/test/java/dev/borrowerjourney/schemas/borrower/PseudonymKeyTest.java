package dev.borrowerjourney.schemas.borrower;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymKeyTest {

    static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final UUID APPLICATION = UUID.fromString("7d6cb5f2-8f6c-4d25-9a52-7ae1b2a6a001");

    /** Expected values come from Python: {@code hmac.new(key, application.bytes + id.encode(), sha256)}, base64url. */
    @ParameterizedTest
    @CsvSource({
        "CUST_0012, 4ImATIhQyDzwNt79fW4mr7Ro5p4BE6wOf4MP5taj7HY",
        "ग्राहक_7, kdHABF6hIXW3FKt9rhRu8tDOpNYMj-esacfPeL9sAl0",
    })
    void agreesWithIndependentImplementation(String borrowerExternalId, String expected) {
        assertThat(PseudonymKey.of(KEY).borrowerKey(APPLICATION, borrowerExternalId))
                .isEqualTo(new BorrowerKey(expected));
    }

    @Test
    void keepsApplicationsApart() {
        var key = PseudonymKey.of(KEY);

        assertThat(key.borrowerKey(UUID.fromString("7d6cb5f2-8f6c-4d25-9a52-7ae1b2a6a002"), "CUST_0012"))
                .isNotEqualTo(key.borrowerKey(APPLICATION, "CUST_0012"));
    }

    @Test
    void readsKeyWithNewlineAtTheEnd() {
        assertThat(PseudonymKey.of(KEY + "\n")).isEqualTo(PseudonymKey.of(KEY));
    }

    @Test
    void doesNotPrint() {
        assertThat(PseudonymKey.of(KEY)).hasToString("***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAECAwQFBgcICQoLDA0ODw==", "not base64!"})
    void refusesShortOrUnreadableKeyWithoutRepeatingIt(String key) {
        assertThatThrownBy(() -> PseudonymKey.of(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pseudonym key: ")
                .message()
                .satisfies(message ->
                        assertThat(key.isEmpty() || !message.contains(key)).isTrue());
    }

    @Test
    void refusesBorrowerKeyOfAnotherShape() {
        assertThatThrownBy(() -> new BorrowerKey("CUST_0012")).hasMessageNotContaining("CUST_0012");
    }
}
