package dev.borrowerjourney.defaults.command;

/** A command line that means nothing; the message says what was found and expected, and the process ends with 2. */
public final class UsageException extends RuntimeException {

    public UsageException(String message) {
        super(message);
    }
}
