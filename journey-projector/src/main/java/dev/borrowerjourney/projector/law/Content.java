package dev.borrowerjourney.projector.law;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What was observed of one field group.
 *
 * @param canonical one encoding for equal contents, and never the same for different ones
 * @param hash SHA-256 of it, lowercase hexadecimal
 */
public record Content(String canonical, String hash) {

    public static Content of(String canonical) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(UTF_8));
            return new Content(canonical, HexFormat.of().formatHex(digest));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** Contents are the same when their hashes are: that is what the registers compare, too. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Content that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }
}
