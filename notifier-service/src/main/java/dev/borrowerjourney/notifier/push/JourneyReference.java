package dev.borrowerjourney.notifier.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/**
 * Stands for a journey towards push services, so that a later push takes the place of an earlier one. The same for the same
 * journey always; who does not know the borrower's key can neither tell the journey from it nor find it out by trying.
 */
public final class JourneyReference {

    private static final int BYTES = 16;

    private final String value;

    private JourneyReference(String value) {
        this.value = value;
    }

    public static JourneyReference of(BorrowerKey borrower, String journeyId) {
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(("push\u001f" + borrower.journeyKey(journeyId)).getBytes(UTF_8));
            return new JourneyReference(
                    Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, BYTES)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** 22 characters of base64url. */
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JourneyReference that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
