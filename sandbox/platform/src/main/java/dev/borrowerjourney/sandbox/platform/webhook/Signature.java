package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties.TimestampUnit;
import dev.borrowerjourney.sandbox.platform.clock.TimestampConfiguration;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what a webhook says: lowercase hex of HMAC-SHA256 over the timestamp's characters, a dot and the body. */
final class Signature {

    private Signature() {}

    static String of(String secret, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String timestamp(TimestampUnit unit, Instant at) {
        return switch (unit) {
            case SECONDS -> Long.toString(at.getEpochSecond());
            case MILLIS -> Long.toString(at.toEpochMilli());
            case ISO -> TimestampConfiguration.iso(at);
        };
    }
}
