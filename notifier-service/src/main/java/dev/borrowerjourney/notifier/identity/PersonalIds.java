package dev.borrowerjourney.notifier.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** Recognises ids that tell who somebody is: a borrower's external id must not be one. */
final class PersonalIds {

    private static final Pattern EMAIL = Pattern.compile("\\S+@\\S+\\.\\S+");
    private static final Pattern PAN = Pattern.compile("[A-Za-z]{5}[0-9]{4}[A-Za-z]");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{7,14}|(?:0|91|0091)?[6-9][0-9]{9}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s().-]");

    private PersonalIds() {}

    /** What the id looks like, with its article, or nothing where it looks like an opaque id. */
    static Optional<String> kindOf(String id) {
        if (EMAIL.matcher(id).matches()) {
            return Optional.of("an e-mail address");
        }
        if (PAN.matcher(id.strip()).matches()) {
            return Optional.of("a PAN");
        }
        if (PHONE.matcher(SEPARATORS.matcher(id).replaceAll("")).matches()) {
            return Optional.of("a phone number");
        }
        return Optional.empty();
    }
}
