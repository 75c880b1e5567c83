package dev.borrowerjourney.defaults.secret;

/** A secret file cannot be used. The message names the file and what is wrong with it, never what it holds. */
public final class SecretException extends RuntimeException {

    /** @param message is logged as it is */
    public SecretException(String message) {
        super(message);
    }
}
