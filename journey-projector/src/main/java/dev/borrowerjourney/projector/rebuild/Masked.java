package dev.borrowerjourney.projector.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.logging.Masking;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an operator may see of a journey: nothing that stands for a borrower, and of values only what looks public. */
final class Masked {

    private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int HASH = 12;

    private Masked() {}

    /** The beginning of the key's SHA-256, by which the row can be found and the borrower cannot. */
    static String key(String journeyKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(journeyKey.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** A status or next action; both are public, but whoever wrote one may have written anything. */
    static @Nullable String constant(@Nullable String value) {
        if (value == null) {
            return null;
        }
        return CONSTANT.matcher(value).matches() && Masking.mask(value).equals(value)
                ? value
                : "<string " + value.length() + ">";
    }
}
