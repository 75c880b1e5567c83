package dev.borrowerjourney.notifier.stream;

/** Ends a connection whose reader does not read, not even that the connection is closing. */
final class ReaderCutException extends RuntimeException {

    ReaderCutException(CloseReason reason) {
        super("connection cut while closing: " + reason, null, false, false);
    }
}
