package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** The token that the borrower's app holds. Only its hash is ever kept. */
public final class SessionToken {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String value;

    private SessionToken(String value) {
        this.value = value;
    }

    /** One of ours: opaque, 256 random bits. */
    static SessionToken random() {
        var bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new SessionToken("bst_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    static SessionToken of(String value) {
        return new SessionToken(value);
    }

    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
