package dev.borrowerjourney.notifier.stream;

import java.time.Duration;

/** The answer to whether a borrower may have one more connection. */
sealed interface Opening {

    record Opened(Connection connection) implements Opening {}

    /**
     * Not now.
     *
     * @param retryAfter drawn anew for each, so that those who were refused together do not come back together
     */
    record Refused(Reason reason, Duration retryAfter) implements Opening {}

    enum Reason {
        /** This borrower, or this instance, has as many connections as the settings allow. */
        LIMIT,
        /** This instance stops. */
        DRAINING
    }
}
