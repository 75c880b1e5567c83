package dev.borrowerjourney.session.relay;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;

/**
 * Tells what belongs to the network behind the platform and must not reach a borrower. Names of members are compared without
 * {@code _} and {@code -} and without regard to case.
 */
class NetworkInternals {

    static final int SIGNS_OF_A_CONTEXT = 3;

    private static final Set<String> UNMISTAKABLE = Set.of(
            "bapid",
            "bapuri",
            "bppid",
            "bppuri",
            "ukid",
            "subscriberid",
            "subscriberurl",
            "uniquekeyid",
            "signingpublickey",
            "encrpublickey",
            // The platform's public model names neither of these two.
            "transactionid",
            "messageid");
    private static final Set<String> AMBIGUOUS = Set.of(
            "xinput",
            "formresponse",
            "submissionid",
            "fulfillments",
            "fulfillmentids",
            "fulfillmentstate",
            "cancellationterms",
            "updatetarget",
            "parentitemid",
            "categoryids",
            "collectedby",
            "virtualpaymentaddress",
            "coreversion");
    private static final Set<String> OF_A_CONTEXT = Set.of("domain", "action", "version", "ttl");
    private static final Pattern VALUE = Pattern.compile(
            "on_(search|select|init|confirm|status|update|cancel|support|track|rating|issue|issue_status|subscribe)"
                    + "|.*ONDC:[A-Z]{3}\\d{2}.*"
                    + "|(?i:beckn[_-]?protocol)",
            Pattern.DOTALL);

    /** The names of the platform's model, and some more; a sender who thinks up new ones gets no memory for them. */
    private static final int MOST_REMEMBERED = 2_000;

    private final boolean removeAmbiguous;
    private final Map<String, Known> names = new ConcurrentHashMap<>();

    NetworkInternals(boolean removeAmbiguous) {
        this.removeAmbiguous = removeAmbiguous;
    }

    /** What a member's name gives away. */
    enum Kind {
        UNMISTAKABLE,
        AMBIGUOUS,
        /** Its object may be one of the network's own, which its members tell. */
        CONTEXT,
        OTHER
    }

    /**
     * What is known of a name.
     *
     * @param sign whether an object with several such members is a context of the network
     */
    record Known(Kind kind, String folded, boolean sign) {}

    Known known(String name) {
        var known = names.get(name);
        if (known == null) {
            known = of(folded(name));
            if (names.size() < MOST_REMEMBERED) {
                names.put(name, known);
            }
        }
        return known;
    }

    boolean removes(Kind kind) {
        return switch (kind) {
            case UNMISTAKABLE -> true;
            case AMBIGUOUS -> removeAmbiguous;
            case CONTEXT, OTHER -> false;
        };
    }

    /** Whether the text that a parser has come to is an internal. */
    boolean isInternal(JsonParser parser) {
        var characters = parser.getStringCharacters();
        int from = parser.getStringOffset();
        int length = parser.getStringLength();
        return isSuspect(characters, from, length)
                && VALUE.matcher(new String(characters, from, length)).matches();
    }

    /** Whether a text has what each of the patterns needs; far from all that has it is an internal. */
    private static boolean isSuspect(char[] characters, int from, int length) {
        if (length == 0) {
            return false;
        }
        char first = characters[from];
        if (first == 'o' || first == 'b' || first == 'B') {
            return true;
        }
        for (int i = from + 4; i < from + length; i++) {
            if (characters[i] == ':' && characters[i - 1] == 'C') {
                return true;
            }
        }
        return false;
    }

    private static Known of(String folded) {
        if (UNMISTAKABLE.contains(folded)) {
            return new Known(Kind.UNMISTAKABLE, folded, true);
        }
        if (AMBIGUOUS.contains(folded)) {
            return new Known(Kind.AMBIGUOUS, folded, false);
        }
        return new Known(folded.equals("context") ? Kind.CONTEXT : Kind.OTHER, folded, OF_A_CONTEXT.contains(folded));
    }

    private static String folded(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }
}
