package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.TestPlatform.APPLICATION;
import static dev.borrowerjourney.sandbox.platform.TestPlatform.OTHER_APPLICATION;
import static dev.borrowerjourney.sandbox.platform.TestPlatform.TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookIT {

    static final String SUBSCRIPTION = "/api/tenants/" + TENANT + "/applications/" + APPLICATION + "/webhooks";

    final TestReceiver receiver = new TestReceiver();
    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory, "webhook.timestamp=MILLIS");
    }

    @AfterAll
    void stop() {
        platform.close();
        receiver.close();
    }

    @BeforeEach
    void reset() {
        platform.send("PUT", "/admin/switches", "{}");
        platform.subscribe(receiver.url());
        receiver.answer(_ -> 202);
    }

    @Test
    void signsEverySnapshotAndSendsThemInOrder() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.toDisbursed("PERSONAL_LOAN");

        List<TestReceiver.Received> received = receiver.await(borrower.externalId, 13);

        assertThat(received).hasSize(13).allMatch(TestReceiver.Received::authentic);
        assertThat(received)
                .extracting(TestReceiver.Received::tenantId, TestReceiver.Received::applicationId)
                .containsOnly(tuple(TENANT.toString(), APPLICATION.toString()));
        assertThat(received)
                .extracting(TestReceiver.Received::status)
                .isEqualTo(JourneyIT.PERSONAL_LOAN.stream()
                        .map(state -> state.substring(0, state.indexOf(' ')))
                        .toList());
        assertThat(received)
                .allMatch(it -> it.json().path("event_id").asString().equals(it.eventId()));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).stream().allMatch("ACKNOWLEDGED"::equals));
    }

    @Test
    void retriesWithTheSameEventIdUntilTheReceiverTakesIt() {
        BorrowerApp borrower = platform.borrower();
        receiver.answerFailing(borrower.externalId, 3, 503);
        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        List<TestReceiver.Received> received = receiver.await(borrower.externalId, 5);

        assertThat(received).allMatch(TestReceiver.Received::authentic);
        assertThat(received.stream().map(TestReceiver.Received::eventId).distinct())
                .hasSize(2);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).equals(List.of("ACKNOWLEDGED", "ACKNOWLEDGED")));
    }

    @Test
    void goesOnWithTheNextSnapshotAfterAFailure() {
        BorrowerApp borrower = platform.borrower();
        receiver.answer(it -> it.status().equals("STARTED") ? 500 : 202);

        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).equals(List.of("PENDING", "ACKNOWLEDGED")));
    }

    @Test
    void followsNoRedirect() {
        BorrowerApp borrower = platform.borrower();
        receiver.answerFailing(borrower.externalId, 1, 302);

        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).stream().allMatch("ACKNOWLEDGED"::equals));
        assertThat(truth(journeyId).at("/snapshots/0/attempts/0/outcome").asString())
                .isEqualTo("302");
    }

    @Test
    void losesWhatHappensWhileWebhooksAreOff() {
        BorrowerApp borrower = platform.borrower();
        platform.switches("{\"webhooks\":false}");
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        platform.switches("{\"webhooks\":true}");

        borrower.giveProfile(journeyId, "ABCDE1234F");
        receiver.await(borrower.externalId, 3);

        assertThat(receiver.of(borrower.externalId))
                .extracting(TestReceiver.Received::status)
                .containsExactly("PROFILE_SUBMITTED", "OFFERS_PENDING", "OFFERS_AVAILABLE");
        assertThat(deliveries(journeyId)).startsWith("LOST", "LOST");
    }

    @Test
    void sendsDuplicatesOnDemand() {
        platform.switches("{\"duplicates\":1}");
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");

        List<TestReceiver.Received> received = receiver.await(borrower.externalId, 4);

        assertThat(received.get(0)).isEqualTo(received.get(1));
        assertThat(received.get(2)).isEqualTo(received.get(3));
    }

    @Test
    void reordersOnDemand() {
        platform.switches("{\"reorder\":true}");

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            BorrowerApp borrower = platform.borrower();
            borrower.startJourney("PERSONAL_LOAN");
            return receiver.await(borrower.externalId, 2).getFirst().status().equals("PROFILE_REQUIRED");
        });
    }

    @Test
    void delaysOnDemand() {
        platform.switches("{\"delayMillis\":700}");
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");

        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).stream().allMatch("ACKNOWLEDGED"::equals));
        JsonNode first = truth(journeyId).at("/snapshots/0");

        assertThat(Duration.between(
                        Instant.parse(first.path("generatedAt").asString()),
                        Instant.parse(first.path("firstSentAt").asString())))
                .isGreaterThanOrEqualTo(Duration.ofMillis(700));
    }

    @Test
    void keepsBodyAndSignatureOfARetryIfTold() {
        platform.switches("{\"signOnRetry\":false}");
        BorrowerApp borrower = platform.borrower();
        receiver.answerFailing(borrower.externalId, 1, 500);
        borrower.startJourney("PERSONAL_LOAN");

        List<TestReceiver.Received> started = attemptsOf(receiver.await(borrower.externalId, 3));

        assertThat(started.get(1)).isEqualTo(started.get(0));
    }

    @Test
    void signsARetryAnewByDefault() {
        BorrowerApp borrower = platform.borrower();
        receiver.answerFailing(borrower.externalId, 1, 500);
        borrower.startJourney("PERSONAL_LOAN");

        List<TestReceiver.Received> started = attemptsOf(receiver.await(borrower.externalId, 3));

        assertThat(started.get(1).timestamp()).isNotEqualTo(started.get(0).timestamp());
        assertThat(started.get(1).body()).isEqualTo(started.get(0).body());
        assertThat(started).allMatch(TestReceiver.Received::authentic);
    }

    @Test
    void rebuildsTheBodyOfARetryIfTold() {
        platform.switches("{\"rebuildOnRetry\":true}");
        BorrowerApp borrower = platform.borrower();
        receiver.answerFailing(borrower.externalId, 1, 500);
        borrower.startJourney("PERSONAL_LOAN");

        List<TestReceiver.Received> started = attemptsOf(receiver.await(borrower.externalId, 3));

        assertThat(started).extracting(TestReceiver.Received::status).containsExactly("STARTED", "PROFILE_REQUIRED");
        assertThat(started.get(1).json().path("sequence").asLong())
                .isGreaterThan(started.get(0).json().path("sequence").asLong());
    }

    @Test
    void sendsNothingWithoutASubscription() {
        assertThat(platform.asBackend(SUBSCRIPTION + "/unsubscribe", "{}")
                        .json()
                        .path("webhook_enabled")
                        .asBoolean())
                .isFalse();

        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");

        assertThat(deliveries(journeyId)).containsExactly("LOST", "LOST");
    }

    @Test
    void keepsSubscriptionsWithinTheScopeOfTheKey() {
        String foreign = SUBSCRIPTION.replace(APPLICATION.toString(), OTHER_APPLICATION.toString());

        assertThat(platform.asBackend(foreign + "/unsubscribe", "{}").status()).isEqualTo(403);
        assertThat(platform.asBackend(SUBSCRIPTION.replace(TENANT.toString(), "nobody") + "/unsubscribe", "{}")
                        .status())
                .isEqualTo(400);
        assertThat(platform.asBackend(SUBSCRIPTION + "/subscribe", "{\"url\":\"http://example.org/hook\"}")
                        .status())
                .isEqualTo(400);
        assertThat(platform.asBackend(SUBSCRIPTION + "/subscribe", "{\"url\":\"https://a:b@example.org/\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void changesSubscriptionsBehindThePartnersBack() {
        String admin = "/admin/subscriptions/" + APPLICATION;

        assertThat(platform.send("PUT", admin, "{\"url\":\"https://elsewhere.example/\"}")
                        .status())
                .isEqualTo(200);
        assertThat(configuration().path("webhook_url").asString()).isEqualTo("https://elsewhere.example/");
        assertThat(platform.send("PUT", admin, "{\"url\":null}").text()).isEqualTo("{\"url\":null}");
        assertThat(configuration().path("webhook_enabled").asBoolean(true)).isFalse();
        assertThat(platform.send("PUT", admin, "{\"url\":\"/no-host\"}").status())
                .isEqualTo(400);
        assertThat(platform.get("/admin/subscriptions/" + UUID.randomUUID()).status())
                .isEqualTo(404);
    }

    private JsonNode configuration() {
        return platform.get(SUBSCRIPTION + "/configuration", "Authorization", "Bearer " + TestPlatform.API_KEY)
                .json();
    }

    @Test
    void pagesThroughAllSnapshots() {
        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");
        long first = truth(journeyId).at("/snapshots/0/position").asLong();

        JsonNode page = platform.get("/admin/truth/snapshots?after=" + (first - 1) + "&limit=1")
                .json();
        JsonNode next = platform.get("/admin/truth/snapshots?limit=1&after="
                        + page.path("next").asLong())
                .json();

        assertThat(page.path("items")).hasSize(1);
        assertThat(page.at("/items/0/status").asString()).isEqualTo("STARTED");
        assertThat(next.at("/items/0/status").asString()).isEqualTo("PROFILE_REQUIRED");
        assertThat(platform.get("/admin/truth/snapshots?limit=0").status()).isEqualTo(400);
    }

    @Test
    void refusesUnknownSwitchesAndNamesTheKnown() {
        TestPlatform.Answer refused = platform.switches("{\"webhook\":false}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("webhooks", "duplicates", "signOnRetry");
        assertThat(platform.switches("{\"duplicates\":2}").status()).isEqualTo(400);
        assertThat(platform.switches("{\"webhooks\":\"off\"}").status()).isEqualTo(400);
        assertThat(platform.send("PUT", "/admin/clock", "{\"pace\":0}").status())
                .isEqualTo(400);
    }

    private static List<TestReceiver.Received> attemptsOf(List<TestReceiver.Received> all) {
        return all.stream()
                .filter(it -> it.eventId().equals(all.getFirst().eventId()))
                .toList();
    }

    private JsonNode truth(String journeyId) {
        return platform.get("/admin/truth/journeys/" + journeyId).json();
    }

    private List<String> deliveries(String journeyId) {
        return truth(journeyId)
                .path("snapshots")
                .valueStream()
                .map(it -> it.path("delivery").asString())
                .toList();
    }
}
