package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.session.identity.Borrower;
import dev.borrowerjourney.session.problem.HttpProblem;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** An idempotency key of the app, within one application, borrower, method and path. */
public final class IdempotencyKey {

    private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final UUID URL = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");
    private static final UUID NAMESPACE = uuid5(URL, "urn:borrower-journey");

    private final String key;
    private final String scope;

    private IdempotencyKey(String key, String scope) {
        this.key = key;
        this.scope = scope;
    }

    /** Refuses a key that is absent or unusable. */
    public static IdempotencyKey of(@Nullable String header, Borrower borrower, String methodAndPath) {
        if (header == null || header.isBlank()) {
            throw HttpProblem.IDEMPOTENCY_KEY_REQUIRED.because(
                    "Send an Idempotency-Key, a new UUID per operation and the same on each retry of it.");
        }
        if (!SHAPE.matcher(header).matches()) {
            throw HttpProblem.IDEMPOTENCY_KEY_INVALID.because(
                    "Idempotency-Key: 1 to 128 printable characters without spaces are expected.");
        }
        var scope = String.join(
                "\u001f", borrower.applicationId().toString(), borrower.key().value(), methodAndPath, header);
        return new IdempotencyKey(header, scope);
    }

    /** The key for the platform: the same for the same operation, so nothing need be stored before the call. */
    public UUID forPlatform() {
        return uuid5(NAMESPACE, "platform-idempotency\u001f" + scope);
    }

    /** The key of one renewal. */
    static UUID ofRenewal(UUID platformSessionId, long fence) {
        return uuid5(NAMESPACE, "renewal\u001f" + platformSessionId + "\u001f" + fence);
    }

    byte[] scopeHash() {
        return sha256(scope);
    }

    /** Keyed by the idempotency key, which is stored nowhere: the personal data in a body cannot be guessed from it. */
    byte[] requestHash(byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256.", e);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static UUID uuid5(UUID namespace, String name) {
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(namespace.getMostSignificantBits())
                    .putLong(namespace.getLeastSignificantBits())
                    .array());
            var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(UTF_8)));
            var high = (hash.getLong() & ~0xF000L) | 0x5000L;
            var low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
            return new UUID(high, low);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-1.", e);
        }
    }

    @Override
    public String toString() {
        return "IdempotencyKey[***]";
    }
}
