package dev.borrowerjourney.session.relay;

/** What went wrong between here and the platform; the names are those of the metric. */
enum Fault {
    /** No connection. */
    UNREACHABLE,
    /** The answer did not begin in time. */
    LATE_FIRST_BYTE,
    /** The answer stood still. */
    LATE_IDLE,
    /** The answer did not end in time. */
    LATE_WHOLE,
    /** The call did not end in time because the app sent or read too slowly. */
    SLOW_APP,
    /** The connection broke. */
    BROKEN,
    /** The platform answered that it, or what is behind it, failed: 500, 502, 503 or 504. */
    STATUS;

    /** Whether it says something about the platform. */
    boolean isThePlatforms() {
        return this != SLOW_APP;
    }

    /** Whether a call may bring this about by what it asks. Who cannot be reached cannot have been asked anything. */
    boolean mayBeTheCalls() {
        return this != UNREACHABLE;
    }
}
