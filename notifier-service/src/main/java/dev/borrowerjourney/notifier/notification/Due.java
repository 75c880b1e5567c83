package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;

/**
 * A change that the borrower's devices are to be told of.
 *
 * @param changedAt devices that became the borrower's later are not told
 * @param dueAt when, unless one has shown it until then
 * @param expiresAt from when on nobody is told any more
 */
record Due(
        UUID changeId,
        UUID applicationId,
        BorrowerKey borrower,
        String journeyId,
        long version,
        Kind kind,
        Instant changedAt,
        Instant dueAt,
        Instant expiresAt) {}
