package dev.borrowerjourney.notifier.push;

/**
 * What a push is about. Whoever carries a push learns only what its text says, and that is the same for every way in which
 * a journey ends: neither a push service nor who looks at a lock screen shall know a disbursal from a rejection.
 */
public enum Kind {
    /** The journey waits for the borrower. */
    ACTION_REQUIRED,
    /** There are offers to look at. */
    OFFERS_READY,
    /** The journey ended with the money paid out. */
    DISBURSED,
    /** The journey ended without a loan. */
    REJECTED,
    /** The journey ended because nobody went on with it. */
    EXPIRED,
    /** The journey was closed. */
    CLOSED
}
