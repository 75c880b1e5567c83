package dev.borrowerjourney.sandbox.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties.TimestampUnit;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureTest {

    /** Made by {@code printf '%s' '1772730500.{"event_id":"evt_1"}' | openssl dgst -sha256 -hmac SECRET}. */
    @Test
    void isWhatOpensslMakes() {
        assertThat(Signature.of("not-a-real-webhook-secret", "1772730500", "{\"event_id\":\"evt_1\"}"))
                .isEqualTo("6ebdacea0fa9f8e2231bcaba9b9fea2fde5dff70cf14b064b7fbd29e1ef7d555");
    }

    @Test
    void takesTheTimestampInThreeUnits() {
        Instant at = Instant.parse("2026-03-05T16:48:20Z");

        assertThat(Signature.timestamp(TimestampUnit.SECONDS, at)).isEqualTo("1772729300");
        assertThat(Signature.timestamp(TimestampUnit.MILLIS, at)).isEqualTo("1772729300000");
        assertThat(Signature.timestamp(TimestampUnit.ISO, at)).isEqualTo("2026-03-05T16:48:20.000Z");
    }
}
