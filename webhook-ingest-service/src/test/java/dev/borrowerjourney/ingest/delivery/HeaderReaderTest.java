package dev.borrowerjourney.ingest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.ingest.delivery.DeliveryHeaders.Read.Misshapen;
import dev.borrowerjourney.ingest.delivery.DeliveryHeaders.Read.Shapely;
import dev.borrowerjourney.ingest.delivery.SignatureForm.Encoding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderReaderTest {

    static final HeaderNames NAMES =
            DeliveryFixtures.settings(Map.of()).webhook().headers();
    static final SignatureForm HEX = new SignatureForm("", Encoding.HEX);

    HeaderReader reader = new HeaderReader(NAMES, HEX);
    final Map<String, List<String>> headers = new HashMap<>(Map.of(
            "X-AL-Event-ID", List.of("evt_1"),
            "X-AL-Tenant-ID", List.of("6f1c8a52-0f0e-4a57-9d3b-2f1d6f1f7a01"),
            "X-AL-Application-ID", List.of("B3A4C9DE-54B7-4D0E-8F6C-8D7B1A2C3D02"),
            "X-AL-Webhook-Timestamp", List.of("1772729300"),
            "X-AL-Webhook-Signature", List.of("0".repeat(64))));

    @Test
    void readsAllFive() {
        assertThat(read()).isInstanceOfSatisfying(Shapely.class, shapely -> assertThat(
                        shapely.headers().applicationId())
                .hasToString("b3a4c9de-54b7-4d0e-8f6c-8d7b1a2c3d02"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-AL-Event-ID",
                "X-AL-Tenant-ID",
                "X-AL-Application-ID",
                "X-AL-Webhook-Timestamp",
                "X-AL-Webhook-Signature"
            })
    void refusesMissingAndRepeatedOnes(String name) {
        var value = headers.remove(name);
        assertThat(detail()).startsWith(name + ": missing");

        headers.put(name, List.of(String.valueOf(value), String.valueOf(value)));
        assertThat(detail()).startsWith(name + ": repeated");
    }

    @ParameterizedTest
    @CsvSource({
        "X-AL-Event-ID, 'two words'",
        "X-AL-Tenant-ID, 1-1-1-1-1",
        "X-AL-Application-ID, none",
        "X-AL-Webhook-Timestamp, 12345678901234567890123456789012345678901",
        "X-AL-Webhook-Signature, sha256=0000000000000000000000000000000000000000000000000000000000000000",
        "X-AL-Webhook-Signature, 000000000000000000000000000000000000000000000000000000000000000",
        "X-AL-Webhook-Signature, A000000000000000000000000000000000000000000000000000000000000000"
    })
    void refusesAnotherShapeWithoutRepeatingIt(String name, String value) {
        headers.put(name, List.of(value));

        assertThat(detail()).startsWith(name + ": of another shape (expected: ").doesNotContain(value);
    }

    @Test
    void readsHeadersOfOtherNames() {
        var names = new HeaderNames("X-Event", "X-Tenant", "X-Application", "X-Time", "X-Sign");
        headers.put("X-Sign", List.of("none"));
        reader = new HeaderReader(names, HEX);

        assertThat(detail()).startsWith("X-Event: missing");
    }

    @Test
    void readsSignatureOfAnotherForm() {
        reader = new HeaderReader(NAMES, new SignatureForm("sha256=", Encoding.BASE64));
        var base64 = "sha256=" + "A".repeat(43) + "=";
        headers.put(NAMES.signature(), List.of(base64));

        assertThat(read()).isInstanceOfSatisfying(Shapely.class, shapely -> {
            assertThat(shapely.headers().signature().verbatim()).isEqualTo(base64);
            assertThat(shapely.headers().signature().is(new byte[32])).isTrue();
            assertThat(shapely.headers().signature().is(new byte[31])).isFalse();
        });
    }

    /** Base64 has several ways to write the same 32 bytes; a signature must have one. */
    @ParameterizedTest
    @ValueSource(strings = {"sha256=%sB=", "sha256=%sA", "%sA=", "SHA256=%sA=", "sha256=%s-="})
    void refusesSignatureThatIsNotOfTheConfiguredForm(String form) {
        reader = new HeaderReader(NAMES, new SignatureForm("sha256=", Encoding.BASE64));
        headers.put(NAMES.signature(), List.of(form.formatted("A".repeat(42))));

        assertThat(detail())
                .isEqualTo("X-AL-Webhook-Signature: of another shape (expected: sha256= and 44 characters of base64).");
    }

    private String detail() {
        return read() instanceof Misshapen misshapen ? misshapen.detail() : "";
    }

    private DeliveryHeaders.Read read() {
        return reader.read(name -> headers.getOrDefault(name, List.of()));
    }
}
