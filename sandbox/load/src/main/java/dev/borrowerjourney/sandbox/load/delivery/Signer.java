package dev.borrowerjourney.sandbox.load.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one secret. Not thread-safe: the instance is used again for each signature. */
final class Signer {

    private final Mac mac;

    Signer(String secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("secret: unusable for HMAC-SHA256", e);
        }
    }

    /** Signs the request's timestamp, a full stop and its body, as they stand in the request's bytes. */
    void sign(RequestTemplate request, byte[] into, int offset) {
        try {
            mac.update(request.bytes(), request.timestampAt(), Slot.SIGNED_AT.width);
            mac.update((byte) '.');
            mac.update(request.bytes(), request.bodyAt(), request.bodyLength());
            mac.doFinal(into, offset);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
