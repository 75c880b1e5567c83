package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.BorrowerApp.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The document says what the platform does. Every answer that any test of this module gets is held against it by
 * {@link TestPlatform}; here every operation is called, and the document against the contract.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiIT {

    static final String WEBHOOKS =
            "/api/tenants/" + TestPlatform.TENANT + "/applications/" + TestPlatform.APPLICATION + "/webhooks";

    final PlatformDocument document = PlatformDocument.shared();
    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory, "webhook-generation=SECOND").described();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    /**
     * The rows of the contract.
     *
     * @param mark D documented, A assumed, DA a documented path with an assumed body
     */
    @ParameterizedTest
    @CsvSource(textBlock = """
            POST,  /sessions,                                  apiKey,       D
            POST,  /sessions/refresh,                          apiKey,       A
            POST,  /journeys,                                  sessionToken, D
            GET,   /journeys,                                  sessionToken, DA
            GET,   /journeys/{journeyID},                      sessionToken, DA
            GET,   /journeys/{journeyID}/state,                sessionToken, DA
            PATCH, /journeys/{journeyID}/resume,               sessionToken, DA
            GET,   /profile,                                   sessionToken, DA
            PUT,   /profile,                                   sessionToken, DA
            POST,  /profile/submit,                            sessionToken, DA
            GET,   /journeys/{journeyID}/offers,               sessionToken, A
            POST,  /offers/{offerID}/proceed,                  sessionToken, A
            GET,   /offers/{offerID}/steps,                    sessionToken, DA
            POST,  /offers/{offerID}/steps/{stepID}/submit,    sessionToken, A
            POST,  /journeys/{journeyID}/aa/sessions,          sessionToken, A
            GET,   /aa/sessions/{aaSessionID},                 sessionToken, A
            GET,   /journeys/{journeyID}/post-disbursal,       sessionToken, A
            POST,  /journeys/{journeyID}/post-disbursal/actions, sessionToken, A
            """)
    void describesTheRow(String method, String path, String token, String mark) {
        JsonNode operation = document.operation(method, HEADLESS + path);

        assertThat(operation.isMissingNode()).as("described").isFalse();
        assertThat(operation.path("security").path(0).has(token)).as("token").isTrue();
        assertThat(operation.path("x-assumed").asBoolean(false)).as("assumed").isEqualTo(mark.equals("A"));
        if (!mark.equals("A")) {
            assertThat(document.dataOf(operation).path("x-assumed").asBoolean(false))
                    .as("body assumed")
                    .isEqualTo(mark.equals("DA"));
        }
        boolean keyed = operation.path("parameters").valueStream().anyMatch(it -> it.path("$ref")
                .asString()
                .endsWith("/IdempotencyKey"));
        assertThat(keyed).as("Idempotency-Key").isEqualTo(!method.equals("GET"));
    }

    @Test
    void describesNothingElse() {
        assertThat(document.root().path("paths").propertyNames()).hasSize(19);
        assertThat(document.root().path("paths").propertyNames().stream()
                        .filter(path -> path.startsWith("/api/tenants")))
                .hasSize(3);
    }

    /** What the code takes for assumed is marked so, whatever the table above says. */
    @Test
    void marksEveryAssumedPath() {
        Stream<String> assumed = Assumptions.rows().stream()
                .filter(row -> row.name().endsWith("_PATH"))
                .map(Assumptions.Row::value);

        assertThat(assumed).isNotEmpty().allSatisfy(path -> assertThat(
                        document.root().path("paths").path(path).valueStream())
                .as(path)
                .anyMatch(operation -> operation.path("x-assumed").asBoolean(false)
                        || document.dataOf(operation).path("x-assumed").asBoolean(false)));
    }

    @Test
    void namesEveryAssumedErrorCode() {
        String responses = document.root().at("/components/responses").toString();
        List<String> codes = Assumptions.rows().stream()
                .filter(row -> row.meaning().matches("(400|401|403|404|409|422|500), .*"))
                .map(Assumptions.Row::value)
                .toList();

        assertThat(codes).hasSizeGreaterThan(15).allSatisfy(code -> assertThat(responses)
                .contains("`" + code + "`"));
    }

    @Test
    void servesItself() {
        TestPlatform.Answer served = platform.get("/openapi.yaml");

        assertThat(served.status()).isEqualTo(200);
        assertThat(served.text()).startsWith("openapi: 3.1");
    }

    @Test
    void isAnsweredByEveryOperation() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.start("PERSONAL_LOAN", Outcome.ALL_WELL);
        String offer = borrower.lead(journeyId, "KYC_PENDING");
        JsonNode opened =
                borrower.post("/journeys/" + journeyId + "/aa/sessions", "{}").data();
        borrower.get("/aa/sessions/" + opened.path("aaSessionID").asString());
        borrower.get("/journeys");
        borrower.get("/journeys/" + journeyId);
        borrower.get("/profile");
        borrower.send("PATCH", "/journeys/" + journeyId + "/resume", null, "resume");
        borrower.lead(journeyId, offer, "DISBURSED");
        borrower.get("/journeys/" + journeyId + "/post-disbursal");
        borrower.post("/journeys/" + journeyId + "/post-disbursal/actions", "{\"action\":\"FORECLOSURE\"}");
        borrower.get("/journeys/" + journeyId + "/post-disbursal");
        borrower.steps(offer)
                .forEach(step -> assertThat(step.path("status").asString()).isEqualTo("COMPLETED"));
        platform.asBackend(HEADLESS + "/sessions/refresh", "{\"refreshToken\":\"" + borrower.refreshToken + "\"}");
        platform.subscribe("http://127.0.0.1:1/webhooks");
        platform.get(WEBHOOKS + "/configuration", "Authorization", "Bearer " + TestPlatform.API_KEY);
        platform.asBackend(WEBHOOKS + "/unsubscribe", "");

        List<String> operations = document.root()
                .path("paths")
                .valueStream()
                .flatMap(item -> item.valueStream())
                .map(operation -> operation.path("operationId").asString(""))
                .filter(name -> !name.isEmpty())
                .toList();
        assertThat(operations).hasSize(21).allSatisfy(name -> assertThat(document.answered())
                .contains(name + " 200"));
    }

    @Test
    void describesTheWebhookOfBothGenerations() throws Exception {
        try (TestReceiver receiver = new TestReceiver()) {
            platform.subscribe(receiver.url());
            BorrowerApp borrower = platform.borrower();
            borrower.toDisbursed("GOLD_LOAN");

            assertThat(receiver.await(borrower.externalId, 11))
                    .allSatisfy(received -> assertThat(document.faultsOfWebhook(received.json()))
                            .isEmpty());
        } finally {
            platform.asBackend(WEBHOOKS + "/unsubscribe", "");
        }
        JsonNode first = TestPlatform.JSON
                .readTree(Files.readString(GoldenIT.GOLDEN.resolve("webhook-first-generation.json")))
                .path("body");
        assertThat(document.faultsOfWebhook(first)).isEmpty();
    }

    /** A check that lets everything pass would pass as well. */
    @Test
    void refusesAnswersThatAreNotDescribed() {
        String path = HEADLESS + "/journeys/" + UUID.randomUUID() + "/state";
        String good = """
                {"requestID":"a","correlationID":null,"timestamp":"2026-01-01T00:00:00.000Z","error":null,\
                "data":{"journeyID":"a","status":"STARTED","nextAction":null,"updatedAt":"2026-01-01T00:00:00.000Z"}}""";

        assertThat(faults(path, 200, good)).isEmpty();
        assertThat(faults(path, 200, good.replace("\"status\"", "\"state\""))).hasSize(2);
        assertThat(faults(path, 200, good.replace("\"STARTED\"", "1"))).hasSize(1);
        assertThat(faults(path, 200, good.replace("2026-01-01T00:00:00.000Z\"}", "noon\"}")))
                .hasSize(1);
        assertThat(faults(path, 418, good)).hasSize(1);
        assertThat(faults(path, 404, "<html>")).hasSize(1);
        assertThat(faults(path, 404, "{\"error\":{\"code\":\"NOT_FOUND\"}}")).hasSize(1);
    }

    private List<String> faults(String path, int status, String body) {
        return document.faults("GET", path, status, Set.of("content-type"), body);
    }
}
