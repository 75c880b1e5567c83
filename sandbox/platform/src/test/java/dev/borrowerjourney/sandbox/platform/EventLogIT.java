package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a developer sees of webhooks, sends again, and has sent to an endpoint of their own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventLogIT {

    final TestReceiver receiver = new TestReceiver();
    final TestReceiver developer = new TestReceiver();
    TestPlatform platform;

    @BeforeAll
    void start(@TempDir Path directory) {
        platform = TestPlatform.start(directory, "webhook-generation=SECOND", "webhook.retry-initial=100ms");
        platform.subscribe(receiver.url());
    }

    @AfterAll
    void stop() {
        platform.close();
        receiver.close();
        developer.close();
    }

    @BeforeEach
    void reset() {
        platform.send("PUT", "/admin/switches", "{}");
        receiver.answer(_ -> 202);
        developer.answer(_ -> 202);
    }

    @Test
    void showsWhatWasSentWithoutWhatIsPersonal() {
        BorrowerApp borrower = platform.borrower();
        receiver.answerFailing(borrower.externalId, 1, 503);
        borrower.giveProfile(borrower.startJourney("PERSONAL_LOAN"), "ABCDE1234F");
        receiver.await(borrower.externalId, 6);

        List<JsonNode> events = events("borrower=" + borrower.externalId, 6);

        assertThat(events).extracting(it -> it.path("outcome").asString()).containsOnlyOnce("503");
        assertThat(events.toString())
                .contains("\"payload\":{\"schema_version\":\"1.0.0\"", borrower.externalId, "\"pan\":\"***\"")
                .doesNotContain("ABCDE1234F", "9876543210", "A BORROWER", "1990-01-31", ":60000", "\"60000");
    }

    @Test
    void showsWhatStruckAndWhatWasNeverSent() {
        platform.switches("{\"withoutSequence\":1}");
        BorrowerApp struck = platform.borrower();
        struck.startJourney("PERSONAL_LOAN");
        assertThat(events("borrower=" + struck.externalId, 2)
                        .getFirst()
                        .path("faults")
                        .toString())
                .isEqualTo("[\"withoutSequence\"]");

        platform.switches("{\"webhooks\":false}");
        BorrowerApp silent = platform.borrower();
        silent.startJourney("PERSONAL_LOAN");
        assertThat(events("borrower=" + silent.externalId, 2))
                .allMatch(it -> it.path("outcome").asString().equals("LOST"))
                .allMatch(
                        it -> it.at("/payload/borrower/journey/status").equals(it.path("status")),
                        "tells the status of its own moment");
    }

    @Test
    void findsAJourneyAnEventAndWhatIsNew() {
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        List<JsonNode> events = events("journey=" + journeyId, 2);
        JsonNode second = events.get(1);

        assertThat(events("event=" + second.path("eventId").asString(), 1)).containsExactly(second);
        assertThat(events(
                        "journey=" + journeyId + "&after="
                                + events.getFirst().path("number").asLong(),
                        1))
                .containsExactly(second);
        assertThat(platform.get("/admin/events?limit=0").status()).isEqualTo(400);
    }

    @Test
    void replaysOneEventAndARange() {
        platform.switches("{\"dropped\":1}");
        BorrowerApp borrower = platform.borrower();
        String journeyId = borrower.startJourney("PERSONAL_LOAN");
        List<JsonNode> lost = events("journey=" + journeyId, 2);
        assertThat(receiver.of(borrower.externalId)).isEmpty();

        JsonNode one = replay("{\"from\":\"" + lost.getFirst().path("eventId").asString() + "\"}");
        assertThat(one.path("items")).hasSize(1);
        assertThat(one.at("/items/0/outcome").asString()).isEqualTo("202");

        replay("{\"from\":\"%s\",\"to\":\"%d\",\"url\":\"%s\"}"
                .formatted(
                        lost.getFirst().path("eventId").asString(),
                        lost.getLast().path("position").asLong(),
                        developer.url()));
        assertThat(receiver.of(borrower.externalId))
                .extracting(TestReceiver.Received::status)
                .containsExactly("STARTED");
        assertThat(developer.of(borrower.externalId))
                .allMatch(TestReceiver.Received::authentic)
                .extracting(TestReceiver.Received::status)
                .containsExactly("STARTED", "PROFILE_REQUIRED");
    }

    /** Wherever the character is that was changed: in the name of a personal section, too. */
    @Test
    void showsOnlyTheLengthOfACorruptedBody() {
        platform.switches("{\"corruptedBodies\":1}");
        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");

        assertThat(events("journey=" + journeyId, 2))
                .allMatch(it -> it.at("/payload/unreadable").asBoolean());
    }

    /** A corrupted body is not what the platform meant to say. */
    @Test
    void replaysWhatWasMeantAndNotWhatAFaultMadeOfIt() {
        platform.switches("{\"truncatedBodies\":1}");
        String journeyId = platform.borrower().startJourney("PERSONAL_LOAN");
        JsonNode sent = events("journey=" + journeyId, 2).getFirst();
        assertThat(sent.at("/payload/unreadable").asBoolean()).isTrue();

        replay("{\"from\":\"" + sent.path("eventId").asString() + "\"}");

        assertThat(receiver.all().getLast().status()).isEqualTo("STARTED");
    }

    @Test
    void refusesReplaysToElsewhereAndOfWhatItDoesNotKnow() {
        assertThat(status("{\"from\":\"evt_UNKNOWN\"}")).isEqualTo(404);
        assertThat(status("{}")).isEqualTo(400);
        assertThat(status("{\"from\":\"5\",\"to\":\"4\"}")).isEqualTo(400);
        assertThat(status("{\"from\":\"1\",\"url\":\"http://example.org/\"}")).isEqualTo(400);
        assertThat(status("{\"from\":\"1\",\"url\":\"file:///etc/hosts\"}")).isEqualTo(400);
    }

    @Test
    void sendsToADevelopersEndpointTooAndTriesItAgain() {
        BorrowerApp borrower = platform.borrower();
        developer.answerFailing(borrower.externalId, 1, 500);
        String id = listen(",\"borrower\":\"" + borrower.externalId + "\"");

        borrower.startJourney("PERSONAL_LOAN");
        platform.borrower().startJourney("PERSONAL_LOAN");
        List<TestReceiver.Received> received = developer.await(borrower.externalId, 3);

        assertThat(received).allMatch(TestReceiver.Received::authentic);
        // The second try of the first may come before or after the first one of the second.
        assertThat(received.stream().skip(1).map(TestReceiver.Received::eventId))
                .contains(received.getFirst().eventId())
                .doesNotHaveDuplicates();
        assertThat(receiver.await(borrower.externalId, 2))
                .extracting(TestReceiver.Received::eventId)
                .containsAll(
                        received.stream().map(TestReceiver.Received::eventId).toList());
        assertThat(events("target=" + id, 3))
                .extracting(it -> it.path("outcome").asString())
                .containsExactlyInAnyOrder("500", "202", "202");
        assertThat(platform.send("PUT", "/admin/listeners/" + id, null).status())
                .isEqualTo(200);
        assertThat(platform.send("DELETE", "/admin/listeners/" + id, null).status())
                .isEqualTo(204);
        assertThat(platform.send("PUT", "/admin/listeners/" + id, null).status())
                .isEqualTo(404);
    }

    @Test
    void sendsToADevelopersEndpointAlsoWhenNobodyHasSubscribed() {
        platform.send("PUT", "/admin/subscriptions/" + TestPlatform.APPLICATION, "{\"url\":null}");
        String id = listen("");
        BorrowerApp borrower = platform.borrower();
        borrower.startJourney("PERSONAL_LOAN");

        assertThat(developer.await(borrower.externalId, 2)).hasSize(2);

        platform.send("DELETE", "/admin/listeners/" + id, null);
        platform.subscribe(receiver.url());
    }

    @Test
    void listensOnThisMachineOnly() {
        assertThat(platform.send("POST", "/admin/listeners", "{\"url\":\"http://example.org/\"}")
                        .status())
                .isEqualTo(400);
        assertThat(platform.send("POST", "/admin/listeners", "{}").status()).isEqualTo(400);
    }

    private String listen(String more) {
        return platform.send("POST", "/admin/listeners", "{\"url\":\"" + developer.url() + "\"" + more + "}")
                .json()
                .path("id")
                .asString();
    }

    private JsonNode replay(String body) {
        return platform.send("POST", "/admin/events/replay", body).json();
    }

    private int status(String body) {
        return platform.send("POST", "/admin/events/replay", body).status();
    }

    private List<JsonNode> events(String query, int count) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> platform.get("/admin/events?" + query)
                                .json()
                                .path("items")
                                .valueStream()
                                .toList(),
                        items -> items.size() >= count);
    }
}
