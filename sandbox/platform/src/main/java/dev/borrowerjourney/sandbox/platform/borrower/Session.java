package dev.borrowerjourney.sandbox.platform.borrower;

import java.time.Instant;
import java.util.List;

/**
 * One session. Only hashes of its tokens are kept.
 *
 * @param tokens the session tokens that a refresh left alive until their own expiry
 * @param usedRefreshTokens hashes whose second use ends the session
 */
public record Session(
        String sessionId,
        List<Token> tokens,
        String refreshToken,
        Instant refreshExpiresAt,
        List<String> usedRefreshTokens) {

    /** A session token's hash. */
    public record Token(String hash, Instant expiresAt) {}
}
