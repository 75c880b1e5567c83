package dev.borrowerjourney.defaults.secret;

import java.io.IOException;
import java.nio.file.AccessDeniedException;

/** A secret file cannot be used. The message names the file and what is wrong with it, never what it holds. */
public final class SecretException extends RuntimeException {

    private final boolean unread;

    /** @param message is logged as it is */
    public SecretException(String message) {
        this(message, false);
    }

    private SecretException(String message, boolean unread) {
        super(message);
        this.unread = unread;
    }

    /**
     * Of what could not be read.
     *
     * @param cause is not kept: its message may be anything
     */
    public static SecretException of(String message, IOException cause) {
        return new SecretException(message, !(cause instanceof AccessDeniedException));
    }

    /** Whether it may be usable, and only reading it failed; that may go well the next time. */
    public boolean isUnread() {
        return unread;
    }
}
