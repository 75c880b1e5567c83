package dev.borrowerjourney.ingest.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a signature's time may be from ours. */
record FreshnessRule(Mode mode, Duration tolerance) {

    /** What follows for a delivery outside the tolerance. */
    enum Mode {
        /** It is taken, marked and counted. */
        REPORT,
        /** It is refused. */
        ENFORCE,
        /** Nobody looks. */
        OFF
    }

    enum Freshness {
        FRESH,
        /** Signed too long ago. */
        LATE,
        /** Signed in the future. */
        EARLY,
        /** The timestamp has none of the known shapes. */
        UNREADABLE
    }

    Freshness judge(@Nullable Instant signedAt, Instant receivedAt) {
        if (mode == Mode.OFF) {
            return Freshness.FRESH;
        }
        if (signedAt == null) {
            return Freshness.UNREADABLE;
        }
        if (signedAt.isBefore(receivedAt.minus(tolerance))) {
            return Freshness.LATE;
        }
        return signedAt.isAfter(receivedAt.plus(tolerance)) ? Freshness.EARLY : Freshness.FRESH;
    }

    boolean refuses(Freshness freshness) {
        return mode == Mode.ENFORCE && freshness != Freshness.FRESH;
    }
}
