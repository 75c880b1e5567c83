package dev.borrowerjourney.projector.law;

/** What should not happen between platform and log. It is counted, and changes nothing of the law. */
public enum Anomaly {
    /** Two different contents of a group under one sequence. */
    SEQUENCE_REUSED,
    /** A smaller sequence at a later time. */
    SEQUENCE_WENT_BACK,
    /** A group's two registers differ at times that the platform's clocks cannot tell apart. */
    TIMES_TOO_CLOSE,
    /** A poll saw another core than the visible one. */
    POLL_DIFFERS,
    /** A journey that was over is not over any more. */
    REOPENED,
    /** A journey of one borrower appears under another one. */
    OWNER_CHANGED
}
