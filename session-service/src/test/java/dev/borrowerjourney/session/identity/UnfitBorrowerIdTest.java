package dev.borrowerjourney.session.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnfitBorrowerIdTest {

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY",
        "'  ', EMPTY",
        "a@b, EMAIL",
        "asha.rao@example.com, EMAIL",
        "ABCDE1234F, PAN",
        "abcde1234f, PAN",
        "9876543210, PHONE",
        "+919876543210, PHONE",
        "91 98765-43210, PHONE",
        "09876543210, PHONE",
        "+442071838750, PHONE"
    })
    void refusesPersonalData(String id, UnfitBorrowerId reason) {
        assertThat(UnfitBorrowerId.in(id)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUST_0012",
                "1002003004",
                "98765432101234",
                "9f1b3f52-8b0c-4c36-8c4b-3f2f1f0a9a77",
                "ABCDE1234FG",
                "01HV5Z3Y6Q8R9T0V1W2X3Y4Z5A"
            })
    void acceptsIdsThatTellNothing(String id) {
        assertThat(UnfitBorrowerId.in(id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {129, 100_000})
    void refusesLongIds(int length) {
        assertThat(UnfitBorrowerId.in("x".repeat(length))).contains(UnfitBorrowerId.TOO_LONG);
    }
}
