package dev.borrowerjourney.sandbox.platform.session;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import java.util.Set;

/** The documented kinds of journey. */
public final class JourneyTypes {

    private static final Set<String> ALL = Set.of("PERSONAL_LOAN", "GOLD_LOAN");

    private JourneyTypes() {}

    public static String checked(String type) {
        if (!ALL.contains(type)) {
            throw invalid("The journey type must be PERSONAL_LOAN or GOLD_LOAN.");
        }
        return type;
    }
}
