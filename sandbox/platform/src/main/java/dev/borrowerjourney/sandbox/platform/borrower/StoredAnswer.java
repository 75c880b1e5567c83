package dev.borrowerjourney.sandbox.platform.borrower;

import java.time.Instant;

/**
 * The answer to a mutating call, kept so that a repetition gets it again.
 *
 * @param fingerprint stands for method, path and body
 * @param body the whole answer; of a session creation it holds the tokens
 */
public record StoredAnswer(Id id, String fingerprint, int status, String body, Instant expiresAt) {

    /**
     * Under which an answer is found again.
     *
     * @param scope the application for calls with an API key, the borrower for calls with a session token
     */
    public record Id(String scope, String key) {}
}
