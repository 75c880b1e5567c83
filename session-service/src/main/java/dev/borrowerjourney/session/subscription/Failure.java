package dev.borrowerjourney.session.subscription;

import dev.borrowerjourney.session.platform.PlatformAnswer;
import java.util.Locale;

/** What went wrong at a look. */
enum Failure {
    /** 401: the platform does not take the API key. */
    KEY_REFUSED,
    /** 403: the API key is that of another tenant or application. */
    FORBIDDEN,
    /** 404: the platform does not know the tenant, the application or the path. */
    NOT_FOUND,
    /** 429: the platform asks for patience. */
    BUSY,
    /** Any other status below 500. */
    REFUSED,
    /** 5xx. */
    PLATFORM_FAILED,
    /** No connection. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** The connection broke. */
    BROKEN,
    /** An answer in a shape that nobody can read. */
    UNREADABLE,
    /** An answer about another tenant or application. */
    FOREIGN,
    /** The platform accepted our subscription and then tells another one: somebody else subscribes, too. */
    NOT_KEPT,
    /** A fault of ours; the log has it. */
    INTERNAL;

    static Failure of(PlatformAnswer.Refused<?> refused) {
        return switch (refused.status()) {
            case 401 -> KEY_REFUSED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 429 -> BUSY;
            default -> refused.status() >= 500 ? PLATFORM_FAILED : REFUSED;
        };
    }

    static Failure of(PlatformAnswer.Unanswered<?> unanswered) {
        return switch (unanswered.cause()) {
            case UNREACHABLE -> UNREACHABLE;
            case TIMEOUT -> TIMEOUT;
            case BROKEN -> BROKEN;
            case UNREADABLE -> UNREADABLE;
        };
    }

    /** As it stands in metrics. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
