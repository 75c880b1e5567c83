package dev.borrowerjourney.notifier.identity;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;

/**
 * Whom a request speaks for.
 *
 * @param until when the permission that the token gave ends
 */
public record Borrower(BorrowerKey key, UUID applicationId, Instant until) {}
