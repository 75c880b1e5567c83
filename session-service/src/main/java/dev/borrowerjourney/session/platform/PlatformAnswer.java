package dev.borrowerjourney.session.platform;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of a call to the platform. */
public sealed interface PlatformAnswer<T> {

    record Answered<T>(T data) implements PlatformAnswer<T> {}

    /**
     * The platform said no.
     *
     * @param code the platform's error code, an open set; its message is not kept, it may name personal data
     * @param retryAfter how long the platform asks to be left alone, or null
     */
    record Refused<T>(int status, String code, @Nullable Duration retryAfter) implements PlatformAnswer<T> {}

    /** Nobody knows whether the platform did what was asked. */
    record Unanswered<T>(Cause cause) implements PlatformAnswer<T> {}

    enum Cause {
        /** No connection: the platform was never asked. */
        UNREACHABLE,
        /** Asked, and not answered in time. */
        TIMEOUT,
        /** Asked, and the connection broke before the answer was whole. */
        BROKEN,
        /** Answered, in a shape that nobody can read. */
        UNREADABLE
    }
}
