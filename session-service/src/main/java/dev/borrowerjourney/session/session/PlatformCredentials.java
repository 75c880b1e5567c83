package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.platform.ActiveJourney;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The platform's session token of a borrower, as it is now.
 *
 * @param generation grows with each renewal
 * @param activeJourney as of the last time that the session was opened; null if there was none
 */
public record PlatformCredentials(
        UUID platformSessionId,
        Secret token,
        Instant expiresAt,
        @Nullable ActiveJourney activeJourney,
        long generation) {

    /** A token that is about to expire would expire on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** Whether the token can still be used, as far as its expiry tells. */
    public boolean lasts() {
        return expiresAt.isAfter(Instant.now().plus(MARGIN));
    }
}
