package dev.borrowerjourney.session.session;

import java.time.Instant;
import java.util.UUID;

/** The session behind a token, with the platform's credentials as they were when it was looked up. */
public record LiveSession(UUID sessionId, UUID applicationId, Instant endsAt, PlatformCredentials credentials) {}
