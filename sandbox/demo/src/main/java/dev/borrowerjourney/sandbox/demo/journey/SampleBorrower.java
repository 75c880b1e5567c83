package dev.borrowerjourney.sandbox.demo.journey;

import static dev.borrowerjourney.sandbox.demo.journey.HttpCalls.JSON;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a borrower who does not exist enters. */
final class SampleBorrower {

    private static final Map<String, String> FIELDS = Map.of(
            "documentLastFour", "1234",
            "consent", "true",
            "accountHolderName", "Asha Example",
            "accountNumber", "000111222333",
            "ifsc", "TEST0000001");

    /** What of it names a person; none of it may be found anywhere. */
    static final List<String> PERSONAL = List.of(
            "9000000001",
            "ABCDE1234F",
            "Asha Example",
            "asha@example.com",
            "asha@example.org",
            "1 Example Street",
            "000111222333");

    /** The body of {@code PUT /profile}. */
    JsonNode data() {
        var data = JSON.createObjectNode();
        data.putObject("profile")
                .put("contactNumber", "+919000000001")
                .put("pan", "ABCDE1234F")
                .put("panName", "Asha Example")
                .put("dob", "1990-01-31")
                .put("gender", "female")
                .put("personalemail", "asha@example.com");
        data.putObject("workProfile")
                .put("employmentType", "salaried")
                .put("officialemail", "asha@example.org")
                .put("income", "80000")
                .put("incomeType", "monthly")
                .put("companyName", "Example Private Limited");
        data.putObject("address")
                .put("addressL1", "1 Example Street")
                .put("city", "Bengaluru")
                .put("state", "Karnataka")
                .put("pincode", "560001");
        return data;
    }

    /** Fills a form; a step that is no form is answered by coming back from its page. */
    ObjectNode answer(JsonNode resource) {
        var answer = JSON.createObjectNode();
        resource.path("fields")
                .valueStream()
                .map(field -> field.path("name").asString())
                .forEach(name -> {
                    var value = FIELDS.get(name);
                    if (value != null) {
                        answer.put(name, value);
                    }
                });
        return answer;
    }
}
