package dev.borrowerjourney.session.session;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whose session token the borrower's app holds. */
public enum Custody {
    /** One of ours; the platform's never leave this service. */
    VAULTED(Pattern.compile("bst_[A-Za-z0-9_-]{43}")),

    /** The platform's. It is opaque, so that all that can be said of its shape is that it fits into a header. */
    DIRECT(Pattern.compile("[\\x21-\\x7e]{8,4096}"));

    private final Pattern shape;

    Custody(Pattern shape) {
        this.shape = shape;
    }

    /** Empty if the text cannot be a session token that an app was given. */
    public Optional<SessionToken> read(String text) {
        return shape.matcher(text).matches() ? Optional.of(SessionToken.of(text)) : Optional.empty();
    }
}
