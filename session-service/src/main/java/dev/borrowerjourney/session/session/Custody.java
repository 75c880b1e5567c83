package dev.borrowerjourney.session.session;

import java.util.Optional;

/** Whose session token the borrower's app holds. */
public enum Custody {
    /** One of ours; the platform's never leave this service. */
    VAULTED,

    /** The platform's. It is opaque, so that all that can be said of its shape is that it fits into a header. */
    DIRECT;

    private static final String PREFIX = "bst_";

    /** Of 256 bits in base64url. */
    private static final int LENGTH = PREFIX.length() + 43;

    private static final int SHORTEST = 8;
    private static final int LONGEST = 4_096;

    /** Empty if the text cannot be a session token that an app was given. */
    public Optional<SessionToken> read(String text) {
        return fits(text) ? Optional.of(SessionToken.of(text)) : Optional.empty();
    }

    private boolean fits(String text) {
        return switch (this) {
            case VAULTED -> isOurs(text);
            case DIRECT -> fitsIntoHeader(text);
        };
    }

    private static boolean isOurs(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return false;
        }
        for (int i = PREFIX.length(); i < LENGTH; i++) {
            if (!isOfBase64Url(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfBase64Url(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || character == '-'
                || character == '_';
    }

    private static boolean fitsIntoHeader(String text) {
        if (text.length() < SHORTEST || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
