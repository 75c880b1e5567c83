package dev.borrowerjourney.sandbox.platform.session;

import static dev.borrowerjourney.sandbox.platform.Assumptions.REQUIRED_PROFILE;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import dev.borrowerjourney.sandbox.platform.borrower.Journey;
import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import dev.borrowerjourney.sandbox.platform.call.Members;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What borrower data the platform takes, and when it is enough for a lender. */
@Component
public class ProfileRules {

    static final List<String> SECTIONS = List.of("profile", "workProfile", "address", "bankingInformation");

    private static final int LONGEST_VALUE = 256;

    private static final Map<String, Pattern> PATTERNS = Map.of(
            "profile.contactNumber", Pattern.compile("(\\+91)?[6-9]\\d{9}"),
            "profile.pan", Pattern.compile("[A-Z]{5}\\d{4}[A-Z]"),
            "profile.dob", Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])"),
            "profile.gender", Pattern.compile("male|female|transgender"),
            "profile.personalemail", Pattern.compile("[^@\\s]+@[^@\\s]+"),
            "workProfile.employmentType", Pattern.compile("salaried|selfEmployed"),
            "workProfile.officialemail", Pattern.compile("[^@\\s]+@[^@\\s]+"),
            "workProfile.income", Pattern.compile("[1-9]\\d{0,11}"),
            "workProfile.incomeType", Pattern.compile("monthly|annual"),
            "address.pincode", Pattern.compile("[1-9]\\d{5}"));

    /** The known data with what the request brings: a member replaces, a null removes, what is absent stays. */
    ObjectNode merge(ObjectNode known, Members request) {
        ObjectNode merged = known.deepCopy();
        for (String section : SECTIONS) {
            request.optionalObject(section).ifPresent(changes -> {
                ObjectNode target =
                        merged.path(section) instanceof ObjectNode present ? present : merged.putObject(section);
                changes.propertyStream().forEach(change -> put(section, target, change));
            });
        }
        return merged;
    }

    /** The names of the fields that a lender still needs. */
    public static List<String> missing(ObjectNode data) {
        return Stream.of(REQUIRED_PROFILE.split(","))
                .filter(field -> data.path("profile").path(field).isMissingNode())
                .map(field -> "profile." + field)
                .toList();
    }

    /** The same for one journey, whose lender may want more. */
    public static List<String> missing(ObjectNode data, Journey journey) {
        Stream<String> wanted = journey.goes(Outcome.PROFILE_INCOMPLETE) ? Stream.of("address.addressL2") : Stream.of();
        return Stream.concat(missing(data).stream(), wanted.filter(field -> data.at("/" + field.replace('.', '/'))
                        .isMissingNode()))
                .toList();
    }

    private static void put(String section, ObjectNode target, Map.Entry<String, JsonNode> change) {
        String name = section + "." + change.getKey();
        JsonNode value = change.getValue();
        if (value.isNull()) {
            target.remove(change.getKey());
            return;
        }
        if (!value.isValueNode() || name.length() > LONGEST_VALUE) {
            throw invalid(name + " must be a string, number or boolean.");
        }
        String text = value.asString();
        Pattern pattern = PATTERNS.get(name);
        if (text.length() > LONGEST_VALUE
                || (pattern != null && !pattern.matcher(text).matches())) {
            throw invalid(name + " is not valid.");
        }
        target.set(change.getKey(), value);
    }
}
