package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.OtlpReceiver;
import dev.borrowerjourney.defaults.testing.OtlpReceiver.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EndToEndIT {

    /** What the sandbox's platform promises for a personal loan, one visible change each. */
    private static final List<String> STATUSES = List.of(
            "STARTED",
            "PROFILE_REQUIRED",
            "PROFILE_SUBMITTED",
            "OFFERS_PENDING",
            "OFFERS_AVAILABLE",
            "OFFER_SELECTED",
            "AA_REQUIRED",
            "KYC_PENDING",
            "BANK_MANDATE_PENDING",
            "E_MANDATE_PENDING",
            "LOAN_AGREEMENT_PENDING",
            "LENDER_PROCESSING",
            "DISBURSED");

    private static final DescribedClient CLIENT = new DescribedClient();
    private static final OtlpReceiver COLLECTOR = new OtlpReceiver();

    private static WholeDemo demo;

    @BeforeAll
    static void start() throws IOException {
        demo = WholeDemo.start(Path.of("target/end-to-end-it"), COLLECTOR.settings());
    }

    @AfterAll
    static void stop() {
        demo.close();
        COLLECTOR.close();
        assertThat(CLIENT.described())
                .as("what was held against the OpenAPI document")
                .contains(
                        "POST /v1/sessions 200",
                        "GET /v1/journeys 200",
                        "GET /v1/journeys 401",
                        "GET /v1/journeys 404",
                        "POST /api/v1/headless 200",
                        "GET /api/v1/headless 401");
    }

    @Test
    void showsEveryStepOnStreamInReadModelAndInChanges() throws Exception {
        var result = wholeJourney();

        assertThat(result.changes())
                .extracting(timed -> timed.change().status())
                .containsExactlyElementsOf(STATUSES);
        var changes = KafkaChanges.of(demo.file(), String.valueOf(result.journeyId()), STATUSES.size());
        assertThat(changes)
                .extracting(change -> change.getAfter().getCore().getStatus())
                .containsExactlyElementsOf(STATUSES);
        assertThat(changes)
                .extracting(change -> change.getVersion())
                .containsExactlyElementsOf(versions(STATUSES.size()));
    }

    /** The drive itself compares stream, read model, timeline and truth. Polling may overtake a webhook, but not each time. */
    private static JourneyResult wholeJourney() throws InterruptedException {
        var result = new JourneyDrive(CLIENT, demo.file()).drive(_ -> {});
        for (int more = 0; more < 3 && result.changes().size() < STATUSES.size(); more++) {
            assertThat(result.problems()).isEmpty();
            result = new JourneyDrive(CLIENT, demo.file()).drive(_ -> {});
        }
        assertThat(result.problems()).isEmpty();
        return result;
    }

    @Test
    void answersWhatTheReadmeTellsToType() throws Exception {
        try (var commands = ReadmeCommands.typed(demo.file())) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(commands.output())
                    .contains("\"journeyID\"", "\"items\"", "\"status\":\"PROFILE_REQUIRED\"", "\"version\":2"));
        }
    }

    @Test
    void refusesExpiredPartnerToken() throws Exception {
        var expired = token(borrower(), -120);

        assertThat(get("/v1/journeys", expired).statusCode()).isEqualTo(401);
        assertThat(get("/v1/stream", expired).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesPartnerTokenOfAnotherIssuer() throws Exception {
        var foreign = ForeignToken.naming(borrower(), demo.file().identity());

        assertThat(get("/v1/journeys", foreign).statusCode()).isEqualTo(401);
        assertThat(get("/v1/stream", foreign).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesOnRelayWhateverIsNoSessionToken() throws Exception {
        for (var token : List.of(demo.file().platform().apiKey(), "bst_" + "x".repeat(43), token(borrower(), 60))) {
            var answer = get("/api/v1/headless/journeys", token);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(json(answer).at("/error/code").asString("")).isNotEmpty();
        }
    }

    @Test
    void hidesJourneyOfAnotherBorrower() throws Exception {
        try (var app = new BorrowerApp(
                CLIENT,
                borrower(),
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            var journeyId = app.startJourney();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            get("/v1/journeys/" + journeyId, app.partnerToken()).statusCode() == 200);

            var other = get("/v1/journeys/" + journeyId, token(borrower(), 60));

            assertThat(other.statusCode()).isEqualTo(404);
            assertThat(other.body()).doesNotContain("STARTED");
        }
    }

    /** A 2xx would end the platform's retries, and the snapshot would be lost. */
    @Test
    void asksForWebhookAgainWhileBrokerIsAwayAndHealsAfterwards() throws Exception {
        var webhook = SignedWebhook.of(demo.file(), borrower(), "STARTED");
        demo.pause("broker");
        try {
            var refused = CLIENT.send(webhook.request(), BodyHandlers.ofString());

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            demo.resume("broker");
        }
        await().atMost(Duration.ofSeconds(90))
                .until(() ->
                        CLIENT.send(webhook.request(), BodyHandlers.ofString()).statusCode() == 202);
        assertThat(new JourneyDrive(CLIENT, demo.file()).drive(_ -> {}).problems())
                .isEmpty();
    }

    @Test
    void runsOneTraceFromTheWebhookToTheStream() throws Exception {
        var trace = new Trace(COLLECTOR);
        var borrower = borrower();
        try (var _ = new BorrowerApp(
                CLIENT,
                borrower,
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            var webhook = SignedWebhook.of(demo.file(), borrower, "STARTED").within(trace.parent());

            assertThat(CLIENT.send(webhook.request(), BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);

            var receipt = trace.await("webhook-ingest-service");
            assertThat(receipt.parentId()).isEqualTo(Trace.PARENT);
            var shown = trace.await("notifier-service");
            assertThat(shown.parentId()).isEqualTo(receipt.spanId());
            assertThat(shown.attributes()).containsEntry("outcome", "shown");
        }
    }

    @Test
    void recordsTheCallOfABorrowerAndWhatThePlatformTook() throws Exception {
        var trace = new Trace(COLLECTOR);
        try (var app = new BorrowerApp(
                CLIENT,
                borrower(),
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            var request = HttpRequest.newBuilder(URI.create(demo.file().urls().edge() + "/api/v1/headless/journeys"))
                    .header("Authorization", "Bearer " + app.sessionToken())
                    .header("traceparent", trace.parent())
                    .build();

            assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(trace.spans())
                    .extracting(Received::service, Received::name)
                    .containsExactlyInAnyOrder(
                            tuple("session-service", "http get /api/v1/headless/**"),
                            tuple("session-service", "HTTP GET")));
        }
    }

    @Test
    void showsNoSecretToOtherUsersOfTheMachine() throws Exception {
        var secrets = List.of(
                demo.file().platform().apiKey(),
                demo.file().platform().webhookSecret(),
                demo.file().postgres().operator().password());

        for (var process : demo.processes()) {
            var directory = Path.of("/proc", Long.toString(process.pid()));
            var commandLine = Files.readString(directory.resolve("cmdline"), UTF_8);
            var environment = Files.readString(directory.resolve("environ"), UTF_8);
            assertThat(secrets).noneMatch(commandLine::contains).noneMatch(environment::contains);
        }
    }

    /** Whatever went over the wire in this class may be in a log, a metric, a span or a refusal by now. */
    @Test
    void keepsPersonalDataAndSecretsToItself() throws Exception {
        String sessionToken;
        String partnerToken;
        try (var app = new BorrowerApp(
                CLIENT,
                borrower(),
                demo.file().urls().edge(),
                demo.file().identity().tokenUrl())) {
            sessionToken = app.sessionToken();
            partnerToken = app.partnerToken();
            app.follow(app.startJourney(), _ -> {});
            get("/api/v1/headless/none?pan=ABCDE1234F&mail=asha@example.com", sessionToken);
            get("/v1/journeys/none?after=asha@example.com", partnerToken);
        }
        var secrets = new ArrayList<>(SampleBorrower.PERSONAL);
        secrets.addAll(List.of(
                sessionToken,
                partnerToken,
                demo.file().platform().apiKey(),
                demo.file().platform().webhookSecret(),
                demo.file().postgres().operator().password()));

        var leaks = Printed.of(demo, CLIENT, COLLECTOR);
        assertThat(leaks.texts())
                .allSatisfy(
                        (place, text) -> assertThat(text.isBlank()).as(place).isFalse());
        assertThat(leaks.found(secrets)).isEmpty();
    }

    private static List<Long> versions(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static String borrower() {
        return "borrower-" + UUID.randomUUID();
    }

    private static String token(String borrower, long expiresInSeconds) throws IOException, InterruptedException {
        var body = HttpCalls.JSON
                .createObjectNode()
                .put("borrowerExternalId", borrower)
                .put("expiresInSeconds", expiresInSeconds);
        var request = HttpRequest.newBuilder(URI.create(demo.file().identity().tokenUrl()))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        return json(CLIENT.send(request, BodyHandlers.ofString()))
                .path("access_token")
                .asString();
    }

    private static HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(demo.file().urls().edge() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return HttpCalls.JSON.readTree(answer.body());
    }
}
