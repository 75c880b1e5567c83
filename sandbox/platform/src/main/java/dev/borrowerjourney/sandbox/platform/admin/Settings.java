package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a change of settings so strictly that a misspelt member is an error and not a switch that stays off. */
final class Settings {

    private Settings() {}

    /** The values of the base, overlaid with what the body has. */
    static <T> T overlaid(JsonMapper json, T base, Class<T> type, String body) {
        ObjectNode node = json.valueToTree(base);
        List<String> known = node.propertyNames().stream().toList();
        changes(json, body).propertyStream().forEach(change -> {
            if (!known.contains(change.getKey())) {
                throw invalid("Unknown member; known are " + String.join(", ", known) + ".");
            }
            if (node.path(change.getKey()).isBoolean() != change.getValue().isBoolean()
                    || node.path(change.getKey()).isNumber()
                            != change.getValue().isNumber()) {
                throw invalid(change.getKey() + " has the wrong type.");
            }
            node.set(change.getKey(), change.getValue());
        });
        try {
            return json.treeToValue(node, type);
        } catch (JacksonException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw invalid(
                    cause instanceof IllegalArgumentException ? String.valueOf(cause.getMessage()) : "Not valid.");
        }
    }

    /** The switches that the body names. */
    static Map<Switch, Object> switches(JsonMapper json, String body) {
        try {
            return Switches.State.values(changes(json, body));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode changes(JsonMapper json, String body) {
        try {
            JsonNode node = json.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw invalid("The body is not well-formed JSON.");
        }
        throw invalid("The body must be a JSON object.");
    }
}
