package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A journey that this instance alone may ask about until the lease ends.
 *
 * @param fence what is heard is kept only while no later claim was given
 * @param acted whether the borrower has just done something
 * @param watched whether the borrower looks
 * @param told what was told last, or null if nothing was
 * @param publishedAt when that was last published, or null if it was not
 * @param aheadSince since when polling knows more than webhooks have told, or null
 * @param settling whether a settling poll is on its way
 */
record Claim(
        BorrowerKey borrower,
        UUID applicationId,
        String journeyId,
        long fence,
        UUID platformSessionId,
        boolean acted,
        boolean watched,
        @Nullable Told told,
        @Nullable Instant publishedAt,
        @Nullable Instant aheadSince,
        boolean settling,
        int failures,
        int missing) {

    String journeyKey() {
        return borrower.journeyKey(journeyId);
    }
}
