package dev.borrowerjourney.schemas.borrower;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that turns a borrower's external id into a borrower key. Who holds it and an external id can compute the
 * key: a pseudonym, not anonymity. It is never rotated without a drain, because every key would change.
 */
public final class PseudonymKey {

    private static final int LEAST_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** Cloned for each use: looking up the algorithm and keying it would cost more than the use. */
    private final Mac keyed;

    private PseudonymKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        try {
            keyed = Mac.getInstance(ALGORITHM);
            keyed.init(this.key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC-SHA256.", e);
        }
    }

    /**
     * Reads a key as its file holds it: base64 of at least 32 random bytes, white space around it ignored.
     *
     * @throws IllegalArgumentException if it is no base64 or too short; the message does not hold the key
     */
    public static PseudonymKey of(String base64) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pseudonym key: not base64 (expected: base64 of 32 random bytes)");
        }
        if (key.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "pseudonym key: " + key.length + " bytes (expected: at least " + LEAST_BYTES + ")");
        }
        return new PseudonymKey(key);
    }

    /** The key of a borrower within an application; the same on every call, in every service. */
    public BorrowerKey borrowerKey(UUID applicationId, String borrowerExternalId) {
        try {
            var mac = (Mac) keyed.clone();
            // The id has a fixed length, so that no two pairs run together into the same bytes.
            mac.update(ByteBuffer.allocate(16)
                    .putLong(applicationId.getMostSignificantBits())
                    .putLong(applicationId.getLeastSignificantBits())
                    .array());
            var digest = mac.doFinal(borrowerExternalId.getBytes(UTF_8));
            return new BorrowerKey(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's HMAC can be cloned.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PseudonymKey that && Arrays.equals(key.getEncoded(), that.key.getEncoded());
    }

    @Override
    public int hashCode() {
        return PseudonymKey.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
