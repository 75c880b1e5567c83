package dev.borrowerjourney.notifier.stream;

/** The answer to whether a borrower may have one more connection. */
sealed interface Opening {

    record Opened(Connection connection) implements Opening {}

    record Refused(Reason reason) implements Opening {}

    enum Reason {
        /** This borrower, or this instance, has as many connections as the settings allow. */
        LIMIT,
        /** This instance stops. */
        DRAINING
    }
}
