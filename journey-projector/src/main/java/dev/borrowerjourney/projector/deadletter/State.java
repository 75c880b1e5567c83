package dev.borrowerjourney.projector.deadletter;

/** What became of a dead letter. */
enum State {
    /** Nobody has decided about it. */
    OPEN,
    /** Its record was appended to the log again. */
    REPLAYED,
    /** Given up on purpose. */
    PARKED
}
