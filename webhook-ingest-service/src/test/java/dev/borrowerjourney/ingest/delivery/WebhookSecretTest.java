package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.delivery;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.resource;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.secret;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.borrowerjourney.ingest.delivery.SignatureForm.Encoding;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookSecretTest {

    final WebhookSecret secret = secret("current", CURRENT);
    final byte[] body =
            DeliveryFixtures.body("evt_1", DeliveryFixtures.APPLICATION).getBytes(UTF_8);
    final String signature = sign(CURRENT, TIMESTAMP, body);

    /** The columns of the file; see its README. */
    record Vector(
            String name, String verdict, String secret, String timestamp, String body, String hex, String base64) {

        static Vector of(String line) {
            var columns = line.split("\t", -1);
            return new Vector(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5], columns[6]);
        }
    }

    static Stream<Vector> vectors() {
        return new String(resource("vectors/signatures.tsv"), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(Vector::of);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithIndependentSignatures(Vector vector) {
        var signed = delivery(vector.timestamp(), vector.hex(), resource(vector.body()));

        assertThat(secret("vector", vector.secret()).signed(signed))
                .isEqualTo(vector.verdict().equals("signed"));
        assertThat(secret("another", CURRENT).signed(signed)).isFalse();
        assertThat(new SignatureForm("", Encoding.BASE64).read(vector.base64()))
                .hasValueSatisfying(
                        base64 -> assertThat(base64.is(HexFormat.of().parseHex(vector.hex())))
                                .isTrue());
    }

    @Test
    void refusesEveryFlippedBitOfTheBody() {
        assertThat(secret.signed(delivery(TIMESTAMP, signature, body))).isTrue();
        for (int bit = 0; bit < body.length * 8; bit++) {
            var flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(secret.signed(delivery(TIMESTAMP, signature, flipped)))
                    .as("bit %s", bit)
                    .isFalse();
        }
    }

    @Test
    void refusesEveryFlippedBitOfTheTimestamp() {
        for (int bit = 0; bit < TIMESTAMP.length() * 8; bit++) {
            assertThat(secret.signed(delivery(flipped(TIMESTAMP, bit), signature, body)))
                    .as("bit %s", bit)
                    .isFalse();
        }
    }

    @Test
    void refusesEveryFlippedBitOfTheSecret() {
        for (int bit = 0; bit < CURRENT.length() * 8; bit++) {
            assertThat(secret("flipped", flipped(CURRENT, bit)).signed(delivery(TIMESTAMP, signature, body)))
                    .as("bit %s", bit)
                    .isFalse();
        }
    }

    private static String flipped(String text, int bit) {
        var flipped = text.getBytes(ISO_8859_1);
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        return new String(flipped, ISO_8859_1);
    }

    @Test
    void refusesEveryOtherDigitOfTheSignature() {
        for (int i = 0; i < signature.length(); i++) {
            var other = signature.charAt(i) == '0' ? '1' : '0';
            var changed = signature.substring(0, i) + other + signature.substring(i + 1);
            assertThat(secret.signed(delivery(TIMESTAMP, changed, body))).isFalse();
        }
    }

    @Test
    void signsTheTimestampAsWell() {
        assertThat(secret.signed(delivery(TIMESTAMP + "0", signature, body))).isFalse();
    }

    @Test
    void refusesShortSecretWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> secret("current", "fifteen-bytes-!"))
                .withMessage("webhook secret current: 15 bytes (expected: at least 16)");
    }

    @Test
    void doesNotPrint() {
        assertThat(secret.toString()).isEqualTo("WebhookSecret[current]");
    }
}
