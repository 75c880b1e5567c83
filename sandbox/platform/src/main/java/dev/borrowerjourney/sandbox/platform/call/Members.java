package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The members of a request's JSON object; what is not as it must be is refused by name, never by value. */
public record Members(ObjectNode json) {

    private static final int LONGEST_TEXT = 1024;

    static Members read(JsonMapper mapper, byte[] body) {
        if (body.length == 0) {
            return new Members(mapper.createObjectNode());
        }
        try {
            if (mapper.readTree(body) instanceof ObjectNode object) {
                return new Members(object);
            }
        } catch (JacksonException e) {
            throw invalid("The body is not well-formed JSON.");
        }
        throw invalid("The body must be a JSON object.");
    }

    public String text(String name) {
        return optionalText(name).orElseThrow(() -> invalid(name + " is required."));
    }

    public Optional<String> optionalText(String name) {
        JsonNode node = json.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        String text = node.asStringOpt()
                .filter(_ -> node.isString())
                .map(String::strip)
                .orElseThrow(() -> invalid(name + " must be a string."));
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            throw invalid(name + " must have 1 to " + LONGEST_TEXT + " characters.");
        }
        return Optional.of(text);
    }

    public Optional<ObjectNode> optionalObject(String name) {
        JsonNode node = json.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (node instanceof ObjectNode object) {
            return Optional.of(object);
        }
        throw invalid(name + " must be an object.");
    }

    public Optional<BigDecimal> optionalAmount(String name) {
        JsonNode node = json.path(name);
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            BigDecimal amount = new BigDecimal(node.asString());
            if (amount.signum() > 0 && amount.precision() - amount.scale() <= 12 && amount.scale() <= 2) {
                return Optional.of(amount);
            }
        } catch (NumberFormatException | JacksonException e) {
            throw invalid(name + " must be an amount.");
        }
        throw invalid(name + " must be an amount.");
    }
}
