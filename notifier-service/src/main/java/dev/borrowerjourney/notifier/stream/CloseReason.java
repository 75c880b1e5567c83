package dev.borrowerjourney.notifier.stream;

/** Why this service ends a connection. */
enum CloseReason {
    /** The partner's token ran out; a new one opens a new connection. */
    TOKEN_EXPIRED,
    /** This instance stops. */
    DRAINING,
    /** The reader does not take what is sent, and memory for it is bounded. */
    SLOW
}
