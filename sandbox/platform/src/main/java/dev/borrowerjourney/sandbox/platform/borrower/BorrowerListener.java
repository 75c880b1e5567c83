package dev.borrowerjourney.sandbox.platform.borrower;

import org.jspecify.annotations.Nullable;

/** Learns of every change once it is on disk, and of every borrower that a start found there. */
public interface BorrowerListener {

    /**
     * Comes while the borrower is still locked, so it must be quick.
     *
     * @param before null for a borrower that is new or was found at the start
     */
    void changed(@Nullable Borrower before, Borrower after);
}
