package dev.borrowerjourney.defaults.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key sk_test_0abc-DEF refused        | key sk_*** refused
            session bst_Zm9v_YmF-y ended        | session bst_*** ended
            Authorization: Bearer abc.def-1/2=  | Authorization: Bearer ***
            authorization=bearer  xyz           | authorization=bearer ***
            got eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln! | got ***!
            PAN ABCDE1234F given                | PAN *** given
            pan=ABCDE1234F,                     | pan=***,
            call 9876543210 now                 | call *** now
            call +919876543210                  | call ***
            call +91 98765 43210.               | call ***.
            call +91-9876543210                 | call ***
            call 09876543210                    | call ***
            tel:6000000000                      | tel:***
            mail a.b+c@example.co.in please     | mail *** please
            <mail@example.com>                  | <***>
            {"sessionToken":"opaque1","id":"x"} | {"sessionToken":"***","id":"x"}
            {"refresh_token" : "opaque1"}       | {"refresh_token" : "***"}
            """)
    void masksWhatLooksSecretOrPersonal(String text, String masked) {
        assertThat(Masking.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correlation 6f9619ff-8b86-4011-b42d-00c04fc964ff",
                "correlation 98765432-1098-4765-8321-098765432109",
                "ulid 01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "at 1772730500123 ms",
                "at 9772730500123 ms",
                "at 1772730500 s",
                "offset 7000000001",
                "offset=9876543210",
                "journey-snapshots-3@42",
                "took 1.6000000001 s",
                "dev.borrowerjourney.Foo@1b2c3d4e",
                "traceparent 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "borrower q0mqs2Jh1V6sJ5oVbXnYb3w8vQ1pZ7kT4uR9yE2xC3A",
                "risk_score and task_id",
                "2026-01-01T00:00:00.123456789Z"
            })
    void leavesIdsOffsetsAndInstants(String text) {
        assertThat(Masking.mask(text)).isEqualTo(text);
    }

    /** A log line must not become a way to keep a core busy. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", "1", "9 ", "A1", "eyJ", "@", "a@", "\"token\"", "bearer ", "+91 "})
    void takesLongTextsInTime(String part) {
        var text = part.repeat(200_000 / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> Masking.mask(text));
    }

    @Test
    void masksMoreThanOnce() {
        assertThat(Masking.mask("sk_live_1 and sk_live_2")).isEqualTo("sk_*** and sk_***");
    }
}
