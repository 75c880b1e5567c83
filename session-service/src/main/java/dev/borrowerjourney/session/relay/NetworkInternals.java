package dev.borrowerjourney.session.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Removes what belongs to the network behind the platform and must not reach a borrower. Members are compared without
 * {@code _} and {@code -} and without regard to case.
 */
class NetworkInternals {

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
    private static final int SIGNS_OF_A_CONTEXT = 3;
    private static final Pattern VALUE = Pattern.compile(
            "on_(search|select|init|confirm|status|update|cancel|support|track|rating|issue|issue_status|subscribe)"
                    + "|.*ONDC:[A-Z]{3}\\d{2}.*"
                    + "|(?i:beckn[_-]?protocol)",
            Pattern.DOTALL);

    private final boolean removeAmbiguous;

    NetworkInternals(boolean removeAmbiguous) {
        this.removeAmbiguous = removeAmbiguous;
    }

    /** Removes them from the tree, and tells what was found. */
    Findings removeFrom(JsonNode root) {
        var findings = new Findings();
        visit(root, findings);
        return findings;
    }

    private void visit(JsonNode node, Findings findings) {
        switch (node) {
            case ObjectNode object -> visitMembers(object, findings);
            case ArrayNode array -> visitItems(array, findings);
            default -> {}
        }
    }

    private void visitMembers(ObjectNode object, Findings findings) {
        for (var name : new ArrayList<>(object.propertyNames())) {
            var folded = folded(name);
            var value = object.path(name);
            if (AMBIGUOUS.contains(folded)) {
                findings.ambiguous++;
            }
            if (UNMISTAKABLE.contains(folded)
                    || (removeAmbiguous && AMBIGUOUS.contains(folded))
                    || isInternal(value)
                    || (folded.equals("context") && isContext(value))) {
                object.remove(name);
                findings.removed++;
            } else {
                visit(value, findings);
            }
        }
    }

    private void visitItems(ArrayNode array, Findings findings) {
        var before = array.size();
        array.removeIf(NetworkInternals::isInternal);
        findings.removed += before - array.size();
        List.copyOf(array.values()).forEach(item -> visit(item, findings));
    }

    private static boolean isInternal(JsonNode value) {
        return value.isString() && VALUE.matcher(value.stringValue()).matches();
    }

    private static boolean isContext(JsonNode value) {
        return value instanceof ObjectNode object
                && object.propertyNames().stream()
                                .map(NetworkInternals::folded)
                                .filter(name -> OF_A_CONTEXT.contains(name) || UNMISTAKABLE.contains(name))
                                .distinct()
                                .count()
                        >= SIGNS_OF_A_CONTEXT;
    }

    private static String folded(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** How much was removed, and how much of what may be an internal was seen. */
    static final class Findings {

        private int removed;
        private int ambiguous;

        int removed() {
            return removed;
        }

        int ambiguous() {
            return ambiguous;
        }
    }
}
