package dev.borrowerjourney.notifier.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** Why a value must not serve as a borrower's external id; session-service refuses the same. */
enum UnfitBorrowerId {
    EMPTY("is empty"),
    TOO_LONG("is longer than 128 characters"),
    EMAIL("looks like an e-mail address"),
    PAN("looks like a PAN"),
    PHONE("looks like a phone number");

    private static final int MOST_CHARACTERS = 128;
    private static final Pattern AN_EMAIL = Pattern.compile("\\S+@\\S+");
    private static final Pattern A_PAN = Pattern.compile("[A-Za-z]{5}[0-9]{4}[A-Za-z]");
    private static final Pattern A_PHONE = Pattern.compile("\\+[0-9]{8,15}|(?:00?|91|0091)?[6-9][0-9]{9}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s().-]");

    private final String reason;

    UnfitBorrowerId(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }

    static Optional<UnfitBorrowerId> in(String id) {
        var stripped = id.strip();
        if (stripped.isEmpty()) {
            return Optional.of(EMPTY);
        }
        if (id.length() > MOST_CHARACTERS) {
            return Optional.of(TOO_LONG);
        }
        if (AN_EMAIL.matcher(stripped).find()) {
            return Optional.of(EMAIL);
        }
        if (A_PAN.matcher(stripped).matches()) {
            return Optional.of(PAN);
        }
        return A_PHONE.matcher(SEPARATORS.matcher(stripped).replaceAll("")).matches()
                ? Optional.of(PHONE)
                : Optional.empty();
    }
}
