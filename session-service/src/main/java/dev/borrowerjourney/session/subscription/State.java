package dev.borrowerjourney.session.subscription;

/** How an application's subscription stood at the last look. */
enum State {
    /** The platform sends where we receive. */
    IN_STEP,
    /** It did not, and does since we subscribed at this look. */
    REPAIRED,
    /** It sends elsewhere or not at all. */
    DRIFTED,
    /** The platform did not tell, or was not asked yet. */
    UNKNOWN
}
