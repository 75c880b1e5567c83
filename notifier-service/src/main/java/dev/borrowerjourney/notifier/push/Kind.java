package dev.borrowerjourney.notifier.push;

/** What a push can say. Each has a text in every language. */
public enum Kind {
    /** The journey waits for the borrower. */
    ACTION_REQUIRED,
    /** There are offers to look at. */
    OFFERS_READY,
    /** The journey ended with the money paid out. */
    DISBURSED,
    /** The journey ended without a loan. The text does not say so: others may read a lock screen. */
    REJECTED,
    /** The journey ended because nobody went on with it. */
    EXPIRED,
    /** The journey was closed. */
    CLOSED
}
