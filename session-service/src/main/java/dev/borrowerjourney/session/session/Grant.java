package dev.borrowerjourney.session.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token for the borrower's app.
 *
 * @param validUntil when it ends by itself; null if only with its session
 * @param generation of the platform's tokens that it is from; 0 if it is ours
 */
record Grant(SessionToken token, @Nullable Instant validUntil, long generation) {

    static Grant ofOurs() {
        return new Grant(SessionToken.random(), null, 0);
    }

    static Grant ofPlatforms(PlatformCredentials credentials) {
        return new Grant(
                SessionToken.of(credentials.token().reveal()), credentials.expiresAt(), credentials.generation());
    }
}
