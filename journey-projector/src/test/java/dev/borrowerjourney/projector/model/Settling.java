package dev.borrowerjourney.projector.model;

/** What is done about an anomaly. */
enum Settling {
    NEVER,
    /** The answer is recorded with the sequence it settles. */
    ALONE,
    /** Where it tells when the state changed, the answer is recorded as an ordinary poll first. */
    BESIDE_ORDINARY
}
