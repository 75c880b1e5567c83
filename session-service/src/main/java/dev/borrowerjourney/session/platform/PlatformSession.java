package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session that the platform has opened.
 *
 * @param activeJourney the journey to resume, or null if there is none
 */
public record PlatformSession(
        Secret sessionToken,
        Secret refreshToken,
        Instant sessionExpiresAt,
        Instant refreshExpiresAt,
        @Nullable ActiveJourney activeJourney) {

    public PlatformSession withActiveJourney(@Nullable ActiveJourney known) {
        return new PlatformSession(sessionToken, refreshToken, sessionExpiresAt, refreshExpiresAt, known);
    }
}
