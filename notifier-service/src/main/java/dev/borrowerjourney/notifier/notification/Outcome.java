package dev.borrowerjourney.notifier.notification;

/** What became of an attempt, as notification-deliveries tells it. */
enum Outcome {
    /** The push service has it. */
    ACCEPTED,
    /** The push service does not know the device, which is forgotten. */
    GONE,
    /** The same push would never be taken. */
    REFUSED,
    /** Not taken; another attempt follows. */
    LATER,
    /** Not taken, and it was the last attempt. */
    GIVEN_UP,
    /** Sent, and the worker ended before it noted the answer; another attempt follows. */
    UNKNOWN,
    /** Not sent: a device of the borrower has shown this version or a later one. */
    SKIPPED_ACKNOWLEDGED,
    /** Not sent: the journey has moved on. */
    SUPERSEDED,
    /** Not sent: its time to live has passed, or would in the borrower's quiet hours. */
    EXPIRED,
    /** Not sent: the borrower does not want this kind on this channel. */
    TURNED_OFF,
    /** Not sent: the device was removed, or belongs to another borrower now. */
    DEVICE_REMOVED
}
