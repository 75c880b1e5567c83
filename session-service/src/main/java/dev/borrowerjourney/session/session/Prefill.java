package dev.borrowerjourney.session.session;

import dev.borrowerjourney.session.problem.HttpProblem;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the app tells the platform when it opens a session. It is personal data: passed on, never kept, never printed. */
final class Prefill {

    private static final String JOURNEY_TYPE = "journeyType";
    private static final List<String> OBJECTS = List.of("profile", "workProfile", "address", "bankingInformation");

    private final byte[] body;
    private final ObjectNode members;

    private Prefill(byte[] body, ObjectNode members) {
        this.body = body;
        this.members = members;
    }

    static Prefill of(byte[] body, JsonMapper json) {
        var members = json.createObjectNode();
        if (body.length == 0) {
            return new Prefill(body, members);
        }
        var root = read(body, json);
        take(root, JOURNEY_TYPE, root.path(JOURNEY_TYPE).isString(), members);
        OBJECTS.forEach(member -> take(root, member, root.path(member).isObject(), members));
        return new Prefill(body, members);
    }

    /** The request as it came, to tell whether a retry is one. */
    byte[] body() {
        return body;
    }

    /** What of it goes to the platform. */
    ObjectNode members() {
        return members;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    private static JsonNode read(byte[] body, JsonMapper json) {
        try {
            var root = json.readTree(body);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException _) {
            // Said below; the cause would quote the body.
        }
        throw HttpProblem.BODY_UNREADABLE.because("The body is no JSON object.");
    }

    private static void take(JsonNode root, String member, boolean fits, ObjectNode members) {
        var value = root.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return;
        }
        if (!fits) {
            throw HttpProblem.BODY_UNREADABLE.because(
                    member + ": " + (member.equals(JOURNEY_TYPE) ? "text" : "an object") + " is expected.");
        }
        members.set(member, value);
    }

    @Override
    public String toString() {
        return "Prefill[***]";
    }
}
