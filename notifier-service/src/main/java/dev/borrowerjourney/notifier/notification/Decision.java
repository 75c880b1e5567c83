package dev.borrowerjourney.notifier.notification;

import java.time.Duration;
import java.time.Instant;

/** What is done about a notification that is due. */
sealed interface Decision {

    /** The push goes out, and the push service may keep it for so long. */
    record Send(Duration timeToLive) implements Decision {}

    /** Not now; everything is looked at again then. */
    record Defer(Instant until) implements Decision {}

    /** Never. */
    record Drop(Outcome outcome) implements Decision {}
}
