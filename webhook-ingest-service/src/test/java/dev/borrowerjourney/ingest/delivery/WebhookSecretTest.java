package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.delivery;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.resource;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.secret;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookSecretTest {

    final WebhookSecret secret = secret("current", CURRENT);
    final byte[] body =
            DeliveryFixtures.body("evt_1", DeliveryFixtures.APPLICATION).getBytes(UTF_8);
    final String signature = sign(CURRENT, TIMESTAMP, body);

    static Stream<List<String>> vectors() {
        return new String(resource("vectors/signatures.tsv"), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split("\t", -1)));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithIndependentSignatures(List<String> vector) {
        var signed = delivery(vector.get(2), vector.get(4), resource(vector.get(3)));

        assertThat(secret("vector", vector.get(1)).signed(signed)).isTrue();
        assertThat(secret("another", CURRENT).signed(signed)).isFalse();
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
