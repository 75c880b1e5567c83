package dev.borrowerjourney.sandbox.platform.webhook;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Takes out of a webhook's body what is a person's own, before anybody sees it. */
@Component
class Masking {

    static final String MASK = "***";

    /** Whatever stands below these is personal. */
    private static final Set<String> SECTIONS = Set.of("profile", "workProfile", "address", "bankingInformation");

    /** PAN, mobile number, e-mail address; not what an id happens to contain. */
    private static final Pattern PERSONAL = Pattern.compile(
            "\\b[A-Z]{5}\\d{4}[A-Z]\\b|(?<![\\w-])(\\+?91)?[6-9]\\d{9}(?![\\w-])|[^@\\s\"]+@[^@\\s\"]+",
            Pattern.CASE_INSENSITIVE);

    private final JsonMapper json;

    Masking(JsonMapper json) {
        this.json = json;
    }

    /** The masked body; of one that is no JSON only its length is told. */
    JsonNode payload(String body) {
        try {
            return masked(json.readTree(body), false);
        } catch (JacksonException e) {
            return unreadable(body);
        }
    }

    /** What tells nothing but the length. */
    JsonNode unreadable(String body) {
        return json.createObjectNode().put("unreadable", true).put("characters", body.length());
    }

    static String text(String text) {
        return PERSONAL.matcher(text).replaceAll(MASK);
    }

    private static JsonNode masked(JsonNode node, boolean personal) {
        if (node instanceof ObjectNode object) {
            object.propertyStream()
                    .toList()
                    .forEach(member -> object.set(
                            member.getKey(),
                            masked(member.getValue(), personal || SECTIONS.contains(member.getKey()))));
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i), personal));
            }
            return array;
        }
        if (node.isNull() || node.isBoolean()) {
            return node;
        }
        if (personal) {
            return StringNode.valueOf(MASK);
        }
        return node.isString() ? StringNode.valueOf(text(node.asString())) : node;
    }
}
