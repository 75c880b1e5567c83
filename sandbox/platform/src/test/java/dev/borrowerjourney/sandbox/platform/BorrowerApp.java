package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Drives a journey by HTTP alone, by what status and steps say. */
final class BorrowerApp {

    static final String PROFILE = """
            {"profile":{"contactNumber":"9876543210","pan":"%s","panName":"A BORROWER","dob":"1990-01-31"},\
            "workProfile":{"employmentType":"salaried","income":60000}}""";
    static final String HEADLESS = "/api/v1/headless";

    private final TestPlatform platform;
    final String externalId;
    final String sessionToken;
    final String refreshToken;

    private BorrowerApp(TestPlatform platform, JsonNode session) {
        this.platform = platform;
        this.externalId = session.path("borrowerExternalID").asString();
        this.sessionToken = session.path("sessionToken").asString();
        this.refreshToken = session.path("refreshToken").asString();
    }

    static BorrowerApp login(TestPlatform platform, String externalId) {
        TestPlatform.Answer answer =
                platform.asBackend(HEADLESS + "/sessions", "{\"borrowerExternalID\":\"" + externalId + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        return new BorrowerApp(platform, answer.data());
    }

    TestPlatform.Answer get(String path) {
        return platform.get(HEADLESS + path, "Authorization", "Bearer " + sessionToken);
    }

    TestPlatform.Answer post(String path, @Nullable String body) {
        return send("POST", path, body, UUID.randomUUID().toString());
    }

    TestPlatform.Answer send(String method, String path, @Nullable String body, String key) {
        return platform.send(
                method, HEADLESS + path, body, "Authorization", "Bearer " + sessionToken, "Idempotency-Key", key);
    }

    String startJourney(String type) {
        return post("/journeys", "{\"type\":\"" + type + "\"}")
                .data()
                .path("journeyID")
                .asString();
    }

    void giveProfile(String journeyId, String pan) {
        send("PUT", "/profile", PROFILE.formatted(pan), UUID.randomUUID().toString());
        assertThat(post("/profile/submit", "{\"journeyID\":\"" + journeyId + "\"}")
                        .status())
                .isEqualTo(200);
    }

    String journeyWithOffers() {
        String journeyId = startJourney("PERSONAL_LOAN");
        giveProfile(journeyId, "ABCDE1234F");
        awaitStatus(journeyId, "OFFERS_AVAILABLE");
        return journeyId;
    }

    List<String> offers(String journeyId) {
        return get("/journeys/" + journeyId + "/offers")
                .data()
                .path("offers")
                .valueStream()
                .map(offer -> offer.path("offerID").asString())
                .toList();
    }

    /** Chooses the first offer; returns it. */
    String proceed(String journeyId) {
        String offer = offers(journeyId).getFirst();
        assertThat(post("/offers/" + offer + "/proceed", "{}").status()).isEqualTo(200);
        return offer;
    }

    String toDisbursed(String type) {
        String journeyId = start(type, Outcome.ALL_WELL);
        lead(journeyId, "DISBURSED");
        return journeyId;
    }

    /** A journey with a profile whose PAN leads to this outcome. */
    String start(String type, Outcome outcome) {
        String journeyId = startJourney(type);
        giveProfile(journeyId, outcome.pan());
        return journeyId;
    }

    /** Does whatever the journey asks for, as often as it asks, until it is there; returns the chosen offer. */
    String lead(String journeyId, String toStatus) {
        awaitStatus(journeyId, "OFFERS_AVAILABLE");
        String offer = proceed(journeyId);
        lead(journeyId, offer, toStatus);
        return offer;
    }

    /** The same from the offer on. */
    void lead(String journeyId, String offer, String toStatus) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    // Read first, so that none of them belongs to the status that is waited for.
                    List<JsonNode> asking =
                            steps(offer).filter(BorrowerApp::asks).toList();
                    if (status(journeyId).equals(toStatus)) {
                        return true;
                    }
                    asking.forEach(step -> submit(offer, step));
                    return false;
                });
    }

    private static boolean asks(JsonNode step) {
        return List.of("OPEN_REDIRECT", "SUBMIT_FORM")
                .contains(step.path("actionRequired").asString(""));
    }

    void awaitStatus(String journeyId, String status) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(journeyId).equals(status));
    }

    String status(String journeyId) {
        return get("/journeys/" + journeyId + "/state").data().path("status").asString();
    }

    Stream<JsonNode> steps(String offer) {
        return get("/offers/" + offer + "/steps").data().path("steps").valueStream();
    }

    JsonNode awaitStep(String offer, String kind) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> steps(offer)
                                .filter(step -> step.path("kind").asString().equals(kind))
                                .filter(step -> step.path("status").asString().equals("ACTION_REQUIRED"))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    TestPlatform.Answer submit(String offer, JsonNode step) {
        String input =
                switch (step.path("kind").asString()) {
                    case "KYC" -> "{\"documentLastFour\":\"1234\",\"consent\":true}";
                    case "BANK_MANDATE" ->
                        "{\"accountHolderName\":\"A Borrower\",\"accountNumber\":\"123456789\",\"ifsc\":\"ABCD0123456\"}";
                    default -> "{}";
                };
        return post("/offers/" + offer + "/steps/" + step.path("stepID").asString() + "/submit", input);
    }
}
