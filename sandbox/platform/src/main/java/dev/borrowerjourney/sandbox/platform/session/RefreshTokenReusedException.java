package dev.borrowerjourney.sandbox.platform.session;

/** A refresh token came a second time: either it was stolen, or somebody retried without the same Idempotency-Key. */
class RefreshTokenReusedException extends RuntimeException {}
