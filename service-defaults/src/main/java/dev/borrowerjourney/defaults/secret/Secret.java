package dev.borrowerjourney.defaults.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/** A text that must not be printed: it shows itself only through {@link #reveal()} and {@link #utf8()}. */
public final class Secret {

    private final byte[] utf8;

    private Secret(byte[] utf8) {
        this.utf8 = utf8;
    }

    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("secret: empty (expected: at least one character)");
        }
        return new Secret(text.getBytes(UTF_8));
    }

    /** A copy, so that the caller may wipe it. */
    public byte[] utf8() {
        return utf8.clone();
    }

    public String reveal() {
        return new String(utf8, UTF_8);
    }

    /** Takes the same time wherever two secrets of one length differ. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(utf8, that.utf8);
    }

    /** The same for all secrets: a hash would tell something about the text. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
