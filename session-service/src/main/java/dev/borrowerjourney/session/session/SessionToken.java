package dev.borrowerjourney.session.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** The token that the borrower's app holds: opaque, 256 random bits. Only its hash is ever kept. */
public final class SessionToken {

    private static final Pattern SHAPE = Pattern.compile("bst_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String value;

    private SessionToken(String value) {
        this.value = value;
    }

    static SessionToken random() {
        var bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new SessionToken("bst_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Empty if the text cannot be one of our tokens. */
    public static Optional<SessionToken> of(String text) {
        return SHAPE.matcher(text).matches() ? Optional.of(new SessionToken(text)) : Optional.empty();
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
        return "bst_***";
    }
}
