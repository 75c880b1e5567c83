package dev.borrowerjourney.sandbox.load.delivery;

/** A part of a request that differs from delivery to delivery. All have a fixed width, so nothing around them ever moves. */
enum Slot {
    /** Unique by run and number. */
    EVENT_ID(28),
    BORROWER(13),
    /** A UUID of the borrower's; the index tells several apart. */
    UUID(36),
    SEQUENCE(13),
    /** ISO-8601 with milliseconds: when the snapshot was made. */
    TIME(24),
    /** Epoch seconds. */
    SIGNED_AT(10),
    SIGNATURE(64),
    /** Digits that differ from borrower to borrower, the first one not 0. */
    DIGITS(6);

    final int width;

    Slot(int width) {
        this.width = width;
    }

    String blank() {
        return "0".repeat(width);
    }
}
