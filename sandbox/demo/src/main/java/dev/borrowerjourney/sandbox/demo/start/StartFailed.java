package dev.borrowerjourney.sandbox.demo.start;

import org.jspecify.annotations.Nullable;

/** The start did not succeed; the message is for the person who asked for it. */
public final class StartFailed extends RuntimeException {

    public StartFailed(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
