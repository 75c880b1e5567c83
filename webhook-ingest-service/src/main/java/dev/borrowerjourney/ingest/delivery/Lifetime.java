package dev.borrowerjourney.ingest.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a secret counts.
 *
 * @param notBefore null for always until {@code notAfter}
 * @param notAfter exclusive; null for ever
 */
record Lifetime(@Nullable Instant notBefore, @Nullable Instant notAfter) {

    static final Lifetime UNLIMITED = new Lifetime(null, null);

    Lifetime {
        if (notBefore != null && notAfter != null && !notBefore.isBefore(notAfter)) {
            throw new IllegalArgumentException(
                    "notBefore: " + notBefore + ", notAfter: " + notAfter + " (expected: notBefore first)");
        }
    }

    boolean includes(Instant now) {
        return (notBefore == null || !now.isBefore(notBefore)) && (notAfter == null || now.isBefore(notAfter));
    }
}
