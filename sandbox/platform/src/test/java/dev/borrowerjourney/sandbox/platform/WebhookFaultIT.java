package dev.borrowerjourney.sandbox.platform;

import static dev.borrowerjourney.sandbox.platform.TestPlatform.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a receiver gets of a platform that is told to be hostile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookFaultIT {

    static final String ROTATION = "/admin/webhook-secrets/" + APPLICATION + "/rotation";

    final TestReceiver receiver = new TestReceiver();
    Path secrets;
    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        secrets = directory.resolve("secrets/webhook/" + APPLICATION);
        TestPlatform.write(directory.resolve("partner/webhook/" + APPLICATION + "/s1"), TestPlatform.WEBHOOK_SECRET);
        platform = TestPlatform.start(directory, "partner-secrets-directory=" + directory.resolve("partner"));
        platform.subscribe(receiver.url());
    }

    @AfterAll
    void stop() {
        platform.close();
        receiver.close();
    }

    @BeforeEach
    void reset() {
        platform.send("PUT", "/admin/switches", "{}");
        receiver.answer(it -> it.authentic() ? 202 : 401);
    }

    @Test
    void losesWebhooksForGood() {
        platform.switches("{\"dropped\":1}");
        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");

        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries(journeyId).equals(List.of("LOST", "LOST")));
        assertThat(struck("dropped")).isEqualTo(2);
    }

    @Test
    void corruptsBodiesAfterTheyWereSigned() {
        limit("{\"corruptedBodies\":1}", 1);
        BorrowerApp borrower = platform.borrower();

        List<TestReceiver.Received> all = untilAcknowledged(borrower.startJourney("PERSONAL_LOAN"));

        assertThat(all).hasSize(3);
        assertThat(all.stream().filter(it -> !it.authentic()).map(TestReceiver.Received::eventId))
                .containsExactly(all.getFirst().eventId());
    }

    @Test
    void signsJsonThatEndsInTheMiddle() {
        platform.switches("{\"truncatedBodies\":1}");
        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");
        List<String> eventIds = eventIds(journeyId);

        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).stream().allMatch("ACKNOWLEDGED"::equals));

        assertThat(receiver.all().stream().filter(it -> eventIds.contains(it.eventId())))
                .hasSize(2)
                .allMatch(TestReceiver.Received::authentic)
                .noneMatch(WebhookFaultIT::readable);
    }

    @Test
    void signsWithASecretThatNobodyKnows() {
        limit("{\"wrongSecret\":1}", 2);
        BorrowerApp borrower = platform.borrower();

        List<TestReceiver.Received> all = untilAcknowledged(borrower.startJourney("PERSONAL_LOAN"));

        assertThat(all.stream().filter(it -> !it.authentic())).hasSize(2);
    }

    @Test
    void skewsTheSendersClock() {
        platform.switches("{\"skewMillis\":-600000}");
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");

        TestReceiver.Received first = receiver.await(borrower.externalId, 1).getFirst();

        assertThat(first.authentic()).isTrue();
        Instant tenMinutesAgo = Instant.now().minusSeconds(600);
        assertThat(Instant.ofEpochSecond(Long.parseLong(first.timestamp())))
                .isBetween(tenMinutesAgo.minusSeconds(120), tenMinutesAgo.plusSeconds(1));
        assertThat(Instant.parse(first.json().path("snapshot_generated_at").asString()))
                .isBefore(tenMinutesAgo.plusSeconds(1));
    }

    @Test
    void leavesSequencesOut() {
        platform.switches("{\"withoutSequence\":1}");
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");

        assertThat(receiver.await(borrower.externalId, 1).getFirst().json().has("sequence"))
                .isFalse();
    }

    @Test
    void beginsTheSequenceAtOneAgain() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        long before = receiver.await(borrower.externalId, 2)
                .getLast()
                .json()
                .path("sequence")
                .asLong();
        platform.switches("{\"sequenceRestart\":true}");
        borrower.giveProfile(journeyId, "ABCDE1234F");

        TestReceiver.Received after = receiver.await(borrower.externalId, 3).get(2);

        long position = snapshots(journeyId).get(2).path("position").asLong();
        assertThat(before).isGreaterThan(1_000_000);
        // A few of other tests' borrowers may have come between.
        assertThat(after.json().path("sequence").asLong()).isBetween(1L, 10L).isLessThan(position);
    }

    /** A request cannot even be made for such a port. */
    @Test
    void goesOnAfterAnAddressThatIsNone() {
        String subscription = "/admin/subscriptions/" + APPLICATION;
        platform.send("PUT", subscription, "{\"url\":\"http://127.0.0.1:99999/hook\"}");
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> snapshots(journeyId).toString().contains("\"outcome\":\"IllegalArgumentException\""));

        platform.subscribe(receiver.url());
        untilAcknowledged(journeyId);
        borrower.giveProfile(journeyId, "ABCDE1234F");
        borrower.awaitStatus(journeyId, "OFFERS_AVAILABLE");
        untilAcknowledged(journeyId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:3000/hook", "somewhere", "ftp://127.0.0.1/x", "http:///hook"})
    void refusesToSendWhereNothingCanBeSent(String url) {
        assertThat(platform.send("PUT", "/admin/subscriptions/" + APPLICATION, "{\"url\":\"" + url + "\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void sendsWhatWasDelayedOnceThatIsOver() {
        platform.switches("{\"delayMillis\":3600000}");
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");
        platform.switches("{\"delayMillis\":0}");

        assertThat(receiver.await(borrower.externalId, 2)).hasSize(2);
    }

    @Test
    void tellsWhatIsLostBecauseNobodyIsSubscribedAnyMore() {
        platform.switches("{\"delayMillis\":1500}");
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        platform.send("PUT", "/admin/subscriptions/" + APPLICATION, "{\"url\":null}");

        await().atMost(Duration.ofSeconds(60)).until(() -> deliveries(journeyId).equals(List.of("LOST", "LOST")));
        platform.subscribe(receiver.url());

        assertThat(platform.get("/admin/events?journey=" + journeyId).json().path("items"))
                .extracting(it -> it.path("outcome").asString())
                .containsExactly("LOST", "LOST");
    }

    @Test
    void limitsFaultsToOneBorrower() {
        BorrowerApp struck = platform.borrower();
        BorrowerApp spared = platform.borrower();
        platform.send(
                "POST",
                "/admin/faults",
                "{\"switches\":{\"webhooks\":false},\"borrower\":\"" + struck.externalId + "\"}");

        assertThat(deliveries(struck.startJourney("PERSONAL_LOAN"))).containsExactly("LOST", "LOST");
        String journeyId = spared.startJourney("PERSONAL_LOAN");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).equals(List.of("ACKNOWLEDGED", "ACKNOWLEDGED")));
    }

    @Test
    void removesSubscriptionsAgainAndAgain() {
        platform.switches("{\"subscriptionLossMillis\":50}");
        for (int round = 0; round < 2; round++) {
            platform.subscribe(receiver.url());
            await().atMost(Duration.ofSeconds(60)).until(() -> platform.get("/admin/subscriptions/" + APPLICATION)
                    .text()
                    .equals("{\"url\":null}"));
        }
        platform.send("PUT", "/admin/switches", "{}");
        platform.subscribe(receiver.url());
    }

    @Test
    void rotatesTheSecretAndTakesItBack() throws IOException {
        JsonNode rotated = platform.send("POST", ROTATION, "{\"handoverSeconds\":0,\"overlapSeconds\":3600}")
                .json();
        String id = rotated.path("secretId").asString();
        String secret = Files.readString(secrets.resolve(id)).strip();
        Path partner =
                secrets.resolve("../../../partner/webhook/" + APPLICATION).normalize();
        assertThat(Files.readString(partner.resolve(id)).strip()).isEqualTo(secret);
        assertThat(Files.readString(partner.resolve("s1.json")))
                .contains(rotated.path("formerEndsAt").asString());

        receiver.answer(_ -> 202);
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");
        assertThat(receiver.await(borrower.externalId, 2))
                .allMatch(it -> it.signedWith(secret))
                .noneMatch(TestReceiver.Received::authentic);

        platform.switches("{\"oldSecret\":1}");
        BorrowerApp old = platform.borrower();
        old.startJourney("PERSONAL_LOAN");
        assertThat(receiver.await(old.externalId, 2)).allMatch(TestReceiver.Received::authentic);

        assertThat(platform.send("DELETE", ROTATION, null).status()).isEqualTo(204);
        platform.send("PUT", "/admin/switches", "{}");
        BorrowerApp after = platform.borrower();
        after.startJourney("PERSONAL_LOAN");
        assertThat(receiver.await(after.externalId, 2)).allMatch(TestReceiver.Received::authentic);
        assertThat(partner).isDirectoryNotContaining("glob:**rotated*").isDirectoryNotContaining("glob:**.json");
    }

    /** The partner has not read the first new secret yet when the second one comes. */
    @Test
    void signsWithNoNewSecretBeforeItsTimeAlsoInASecondRotation() throws IOException {
        platform.send("POST", ROTATION, "{\"handoverSeconds\":3600,\"overlapSeconds\":3600}");
        platform.send("POST", ROTATION, "{\"handoverSeconds\":3600,\"overlapSeconds\":3600}");
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");

        assertThat(receiver.await(borrower.externalId, 2)).allMatch(TestReceiver.Received::authentic);
        platform.send("DELETE", ROTATION, null);
    }

    private void limit(String switches, int calls) {
        assertThat(platform.send("POST", "/admin/faults", "{\"switches\":" + switches + ",\"calls\":" + calls + "}")
                        .status())
                .isEqualTo(200);
    }

    private List<TestReceiver.Received> untilAcknowledged(String journeyId) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries(journeyId).stream().allMatch("ACKNOWLEDGED"::equals));
        List<String> eventIds = eventIds(journeyId);
        return receiver.all().stream()
                .filter(it -> eventIds.contains(it.eventId()))
                .toList();
    }

    private static boolean readable(TestReceiver.Received received) {
        try {
            return received.json().isObject();
        } catch (JacksonException _) {
            return false;
        }
    }

    private long struck(String name) {
        return platform.get("/admin/faults").json().at("/struck/" + name).asLong();
    }

    private JsonNode snapshots(String journeyId) {
        return platform.get("/admin/truth/journeys/" + journeyId).json().path("snapshots");
    }

    private List<String> deliveries(String journeyId) {
        return snapshots(journeyId)
                .valueStream()
                .map(it -> it.path("delivery").asString())
                .toList();
    }

    private List<String> eventIds(String journeyId) {
        return snapshots(journeyId)
                .valueStream()
                .map(it -> it.path("eventId").asString())
                .toList();
    }
}
