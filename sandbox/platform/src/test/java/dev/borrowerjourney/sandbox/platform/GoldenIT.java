package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.TestPlatform.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the platform's public documentation shows, kept as data with its source, holds here. */
class GoldenIT {

    static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"session-create", "journey-start", "failure", "webhook-subscribe", "webhook-unsubscribe"})
    void answersAsDocumented(String name) throws IOException {
        JsonNode golden = golden(name);
        try (TestPlatform platform = TestPlatform.start(directory)) {
            String token = golden.path("token").asString().equals("API_KEY")
                    ? TestPlatform.API_KEY
                    : platform.borrower().sessionToken;
            JsonNode request = golden.path("request");
            TestPlatform.Answer answer = platform.send(
                    golden.path("method").asString(),
                    golden.path("path")
                            .asString()
                            .replace("{tenantID}", TestPlatform.TENANT.toString())
                            .replace("{applicationID}", TestPlatform.APPLICATION.toString()),
                    request.isNull() ? null : request.toString(),
                    "Authorization",
                    "Bearer " + token,
                    "Idempotency-Key",
                    UUID.randomUUID().toString(),
                    "X-Correlation-ID",
                    UUID.randomUUID().toString());

            assertThat(answer.status()).isEqualTo(golden.path("status").asInt(200));
            assertShape(golden.path("answer"), answer.json(), "");
        }
    }

    @Test
    void sendsTheDocumentedWebhook() throws IOException {
        JsonNode sample = golden("webhook-first-generation").path("body");
        try (TestReceiver receiver = new TestReceiver();
                TestPlatform platform = TestPlatform.start(directory)) {
            platform.subscribe(receiver.url());
            BorrowerApp borrower = platform.borrower();
            borrower.journeyWithOffers();
            JsonNode sent = receiver.await(borrower.externalId, 5).getLast().json();

            assertShape(typesOf(sample), sent, "");
            assertThat(sent.propertyNames()).containsExactlyInAnyOrderElementsOf(sample.propertyNames());
            for (String same : List.of(
                    "/schema_version",
                    "/event_type",
                    "/issuer",
                    "/borrower/journeys/0/status",
                    "/borrower/journeys/0/nextAction")) {
                assertThat(sent.at(same)).as(same).isEqualTo(sample.at(same));
            }
            assertThat(sent.path("event_id").asString()).matches("evt_[0-9A-HJKMNP-TV-Z]{10,}");
        }
    }

    /** The outline of the second generation is documented, its details are assumed. */
    @Test
    void sendsTheSecondGenerationWithDetails() {
        try (TestReceiver receiver = new TestReceiver();
                TestPlatform platform = TestPlatform.start(directory, "webhook-generation=SECOND")) {
            platform.subscribe(receiver.url());
            BorrowerApp borrower = platform.borrower();
            borrower.toDisbursed("GOLD_LOAN");
            JsonNode sent = receiver.await(borrower.externalId, 11).getLast().json();
            JsonNode journey = sent.at("/borrower/journey");

            assertThat(sent.path("origin_experience").asString()).isEqualTo("headless");
            assertThat(sent.at("/borrower/borrowerProviderID").asString()).isEqualTo(borrower.externalId);
            assertThat(sent.at("/borrower/profile/pan").asString()).isEqualTo("ABCDE1234F");
            assertThat(journey.path("type").asString()).isEqualTo("GOLD_LOAN");
            assertThat(journey.path("lender").asString()).isEqualTo("Banyan Finance");
            assertThat(journey.path("offers")).hasSize(3);
            assertThat(journey.path("selectedOfferID")).isEqualTo(journey.at("/offers/0/offerID"));
            assertThat(journey.path("repaymentSchedule")).hasSize(24);
            assertThat(sent.toString()).contains("\"sequence\"");
        }
    }

    private static JsonNode golden(String name) throws IOException {
        return JSON.readTree(Files.readString(GOLDEN.resolve(name + ".json")));
    }

    private static JsonNode typesOf(JsonNode sample) {
        if (sample instanceof ObjectNode object) {
            ObjectNode types = JSON.createObjectNode();
            object.propertyStream().forEach(it -> types.set(it.getKey(), typesOf(it.getValue())));
            return types;
        }
        return JSON.getNodeFactory().stringNode(type(sample));
    }

    private static void assertShape(JsonNode shape, JsonNode actual, String path) {
        if (shape instanceof ObjectNode object) {
            object.propertyStream()
                    .forEach(it -> assertShape(it.getValue(), actual.path(it.getKey()), path + "/" + it.getKey()));
        } else {
            assertThat(shape.asString().split("\\|")).as(path).contains(type(actual));
        }
    }

    private static String type(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> "number";
            case NULL -> "null";
            case ARRAY -> "array";
            case OBJECT -> "object";
            case MISSING -> "missing";
            case BINARY, POJO -> "other";
        };
    }
}
