package dev.borrowerjourney.ingest.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.secret.Secret;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret shared with the platform, which signs every delivery of one application with it. Thread-safe. */
final class WebhookSecret {

    private static final int LEAST_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final String id;
    private final Lifetime lifetime;
    private final Mac prototype;

    private WebhookSecret(String id, Lifetime lifetime, Mac prototype) {
        this.id = id;
        this.lifetime = lifetime;
        this.prototype = prototype;
    }

    /** Refuses a secret that is too short to keep anyone out; the message does not hold it. */
    static WebhookSecret of(String id, Secret secret, Lifetime lifetime) {
        var key = secret.utf8();
        try {
            if (key.length < LEAST_BYTES) {
                throw new IllegalArgumentException(
                        "webhook secret " + id + ": " + key.length + " bytes (expected: at least " + LEAST_BYTES + ")");
            }
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return new WebhookSecret(id, lifetime, mac);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256.", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    String id() {
        return id;
    }

    boolean live(Instant now) {
        return lifetime.includes(now);
    }

    /** Whether this secret signed the delivery; takes the same time wherever the signatures differ. */
    boolean signed(Delivery delivery) {
        var mac = mac();
        mac.update(delivery.headers().timestamp().getBytes(UTF_8));
        mac.update((byte) '.');
        return delivery.headers().signature().is(mac.doFinal(delivery.body()));
    }

    /** A copy of the keyed prototype: looking up the algorithm again would cost more than a small body. */
    private Mac mac() {
        try {
            return (Mac) prototype.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's HMAC can be cloned.", e);
        }
    }

    /** Hides the secret. */
    @Override
    public String toString() {
        return "WebhookSecret[" + id + "]";
    }
}
