package dev.borrowerjourney.sandbox.demo.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the upstream answers to {@code GET /journeys/{journeyID}/state}: 2 KB, of which four members belong to the network
 * behind the platform and must not come through the relay.
 */
final class StateAnswer {

    static final int BYTES = 2_048;

    /** Names of the internals, in the spellings that stand in the answer. */
    static final List<String> INTERNALS = List.of("bap_id", "bpp_uri", "transaction_id", "ONDC:RET10");

    /** In place of the journey's id, which the upstream takes from the path. */
    private static final String JOURNEY = "$1";

    private static final int JOURNEY_ID_LENGTH = 36;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StateAnswer() {}

    /** The whole, with {@code $1} for the journey's id. */
    static String template() {
        var answer = clean(JOURNEY);
        var data = (ObjectNode) answer.path("data");
        data.put("transaction_id", "6d5f1f0a-7d1f-4b58-9d0e-2f3d1c8a9b7e");
        data.put("bpp_uri", "https://seller.network.example/ondc");
        ((ObjectNode) data.path("lender")).put("domain", "ONDC:RET10").put("bap_id", "buyer.network.example");
        data.put("note", "");
        int missing = BYTES - (answer.toString().getBytes(UTF_8).length - JOURNEY.length() + JOURNEY_ID_LENGTH);
        data.put("note", note(missing));
        return answer.toString();
    }

    /** What must come through the relay. */
    static JsonNode expected(String journeyId) {
        var answer = JSON.readTree(template().replace(JOURNEY, journeyId));
        var data = (ObjectNode) answer.path("data");
        data.remove(List.of("transaction_id", "bpp_uri"));
        ((ObjectNode) data.path("lender")).remove(List.of("domain", "bap_id"));
        return answer;
    }

    static JsonNode read(String body) {
        return JSON.readTree(body);
    }

    private static ObjectNode clean(String journeyId) {
        var answer = JSON.createObjectNode();
        answer.put("requestID", "0d9f6c1e-3c55-4f5b-8f3d-5a6b7c8d9e0f");
        answer.putNull("correlationID");
        answer.put("timestamp", "2026-11-23T11:30:00.000Z");
        var data = answer.putObject("data");
        data.put("journeyID", journeyId);
        data.put("status", "OFFERS_AVAILABLE");
        data.put("nextAction", "VIEW_OFFERS");
        data.put("updatedAt", "2026-11-23T11:29:30.000Z");
        data.putObject("lender").put("name", "Sample Bank").put("active", true).put("ratePercent", 12.75);
        var steps = data.putArray("steps");
        IntStream.range(0, 8).forEach(number -> steps.addObject()
                .put("stepID", "5c1f2d3e-0000-4000-8000-00000000000" + number)
                .put("kind", "LOAN_AGREEMENT")
                .put("status", "PENDING")
                .putNull("actionRequired")
                .put("attempts", number));
        answer.putNull("error");
        return answer;
    }

    private static String note(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> i % 8 == 7 ? " " : "note")
                .collect(Collectors.joining())
                .substring(0, length);
    }
}
