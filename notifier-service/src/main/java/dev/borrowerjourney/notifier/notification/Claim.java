package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.header.EventIds;
import java.time.Instant;
import java.util.UUID;

/**
 * A notification that one worker has taken for the time of its lease.
 *
 * @param channel of the device when the change was heard
 * @param fence another one with each claim; what is written under an older one counts for nothing
 * @param begun calls that were begun before
 * @param ended the last of them whose end is known
 */
record Claim(
        UUID changeId,
        String deviceId,
        UUID applicationId,
        BorrowerKey borrower,
        String journeyId,
        long version,
        Kind kind,
        Channel channel,
        Instant dueAt,
        Instant expiresAt,
        long fence,
        int begun,
        int ended) {

    /** The same however often it is sent. */
    UUID notificationId() {
        return EventIds.named("notification", changeId.toString(), deviceId);
    }

    /** Whether somebody called the push service and did not come back to tell what it answered. */
    boolean answerLost() {
        return begun > ended;
    }
}
