package dev.borrowerjourney.notifier.stream;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.EventStream;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The service as a device meets it, between a real broker, registry and database. */
class StreamIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final TestDatabase DATABASE = TestDatabase.shared();
    static final ReadModel MODEL = ReadModel.in(DATABASE.as("bj_projector"));
    static final TestBroker BROKER = TestBroker.shared();
    static final TestRegistry REGISTRY = TestRegistry.shared();
    static final Changes CHANGES = new Changes(BROKER.bootstrapServers(), REGISTRY.url());
    static final JsonMapper JSON = new JsonMapper();

    static RunningNotifier notifier = start();

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();

    static RunningNotifier start() {
        return RunningNotifier.start(
                        BROKER.bootstrapServers(),
                        REGISTRY.url(),
                        DATABASE,
                        IDENTITY,
                        "--notifier.stream.heartbeat=1s",
                        "--notifier.stream.max-connections-per-borrower=3")
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        notifier.close();
        CHANGES.close();
        IDENTITY.close();
    }

    @Test
    void showsPresentStateThenReadyThenChanges() {
        MODEL.keep(
                keyOf(borrower),
                APPLICATION,
                journey,
                3,
                "OFFERS_PENDING",
                "{\"type\":\"PERSONAL_LOAN\",\"lender\":null}");

        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen(journey + ":3", "ready");
            CHANGES.publish(keyOf(borrower), APPLICATION, journey, 4, "OFFERS_AVAILABLE");
            stream.awaitSeen(journey + ":3", "ready", journey + ":4");

            assertThat(stream.header("content-type")).startsWith("text/event-stream");
            var present = JSON.readTree(stream.events().getFirst().data());
            assertThat(present.propertyNames())
                    .containsExactly(
                            "journeyId",
                            "applicationId",
                            "type",
                            "status",
                            "nextAction",
                            "version",
                            "source",
                            "platformAt",
                            "changedAt",
                            "confirmedAt",
                            "fresh",
                            "details");
            assertThat(present.at("/fresh/state").asString()).isEqualTo("FRESH");
            assertThat(present.at("/details/type").asString()).isEqualTo("PERSONAL_LOAN");
            assertThat(present.get("confirmedAt").isNull()).isTrue();
            var change = JSON.readTree(stream.events().getLast().data());
            assertThat(change.propertyNames()).containsExactlyElementsOf(present.propertyNames());
            assertThat(change.get("status").asString()).isEqualTo("OFFERS_AVAILABLE");
            assertThat(change.get("changedAt").asString()).endsWith("Z");
        }
    }

    @Test
    void isReadyAtOnceForBorrowerWithoutJourney() {
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen("ready");
            CHANGES.publish(keyOf(borrower), APPLICATION, journey, 1, "STARTED");
            stream.awaitSeen("ready", journey + ":1");
        }
    }

    /** The projector sends records again after a crash, and aborted ones are read, too. */
    @Test
    void dropsVersionsThatItHasPassed() {
        MODEL.keep(keyOf(borrower), APPLICATION, journey, 5, "KYC_PENDING", "null");

        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen(journey + ":5", "ready");
            for (long version : new long[] {4, 5, 6, 6, 5, 7}) {
                CHANGES.publish(keyOf(borrower), APPLICATION, journey, version, "KYC_PENDING");
            }
            stream.awaitSeen(journey + ":5", "ready", journey + ":6", journey + ":7");
        }
    }

    @Test
    void neverMixesBorrowers() {
        var other = "CUST_" + UUID.randomUUID();
        var otherJourney = "jrn_" + UUID.randomUUID();
        MODEL.keep(keyOf(other), APPLICATION, otherJourney, 1, "STARTED", "null");

        try (var stream = notifier.stream(IDENTITY.token(borrower));
                var otherStream = notifier.stream(IDENTITY.token(other))) {
            stream.awaitSeen("ready");
            otherStream.awaitSeen(otherJourney + ":1", "ready");
            CHANGES.publish(keyOf(other), APPLICATION, otherJourney, 2, "STARTED");
            CHANGES.publish(keyOf(borrower), APPLICATION, journey, 1, "STARTED");

            stream.awaitSeen("ready", journey + ":1");
            otherStream.awaitSeen(otherJourney + ":1", "ready", otherJourney + ":2");
        }
    }

    /** Changes are published while connections open: each must come to the last version, whatever fell between. */
    @Test
    void losesNothingBetweenReadingAndListening() throws InterruptedException {
        var key = keyOf(borrower);
        var projector = Thread.ofVirtual()
                .start(() -> LongStream.rangeClosed(1, 400).forEach(version -> {
                    MODEL.keep(key, APPLICATION, journey, version, "LENDER_PROCESSING", "null");
                    CHANGES.publish(key, APPLICATION, journey, version, "LENDER_PROCESSING");
                }));

        do {
            try (var stream = notifier.stream(IDENTITY.token(borrower));
                    var another = notifier.stream(IDENTITY.token(borrower))) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !projector.isAlive() || another.seen().size() > 5);
                if (!projector.isAlive()) {
                    await().atMost(Duration.ofSeconds(60)).until(() -> last(stream) == 400 && last(another) == 400);
                }
                assertGrows(stream);
                assertGrows(another);
            }
        } while (projector.isAlive());
        projector.join();
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen(journey + ":400", "ready");
        }
    }

    @Test
    void skipsUnreadableRecordAndShowsWhatItWasAbout() {
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen("ready");
            MODEL.keep(keyOf(borrower), APPLICATION, journey, 1, "STARTED", "null");
            CHANGES.send(keyOf(borrower).value(), "no avro".getBytes(UTF_8));
            CHANGES.send("no borrower key", new byte[] {0, 127, 127, 127, 127, 1});
            stream.awaitSeen("ready", journey + ":1");
            CHANGES.publish(keyOf(borrower), APPLICATION, journey, 2, "PROFILE_REQUIRED");

            stream.awaitSeen("ready", journey + ":1", journey + ":2");
            assertThat(notifier.metrics()).containsPattern("notifier_stream_changes_total\\{.*unreadable.*} [2-9]");
        }
    }

    @Test
    void showsThatItLives() {
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen("ready");

            await().atMost(Duration.ofSeconds(60)).until(() -> stream.comments().contains("heartbeat"));
            assertThat(stream.comments()).first().isEqualTo("connected");
        }
    }

    @Test
    void endsWithTheToken() {
        try (var stream = notifier.stream(IDENTITY.token(borrower, Duration.ofSeconds(4), _ -> {}))) {
            stream.awaitEnd();

            assertThat(stream.seen()).containsExactly("ready", "closing");
            var goodbye = JSON.readTree(stream.events().getLast().data());
            assertThat(goodbye.get("reason").asString()).isEqualTo("TOKEN_EXPIRED");
            assertThat(goodbye.get("reconnectAfterMillis").asLong()).isBetween(0L, 1_000L);
        }
    }

    @Test
    void refusesOneStreamTooMany() {
        try (var _ = notifier.stream(IDENTITY.token(borrower)).awaitSeen("ready");
                var _ = notifier.stream(IDENTITY.token(borrower)).awaitSeen("ready");
                var _ = notifier.stream(IDENTITY.token(borrower)).awaitSeen("ready");
                var fourth = notifier.stream(IDENTITY.token(borrower))) {
            assertThat(fourth.status()).isEqualTo(503);
            assertThat(Integer.parseInt(fourth.header("retry-after"))).isBetween(5, 10);
            assertThat(fourth.header("content-type")).startsWith("application/problem+json");
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            try (var again = notifier.stream(IDENTITY.token(borrower))) {
                assertThat(again.status()).isEqualTo(200);
            }
        });
    }

    /** What admitted a stream is over when the stream begins, and must not be kept for its whole life. */
    @Test
    void hasDoneWithTheRequestOnceTheStreamIsOpen() {
        var before = requestsDone();
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen("ready");

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(requestsDone()).isGreaterThan(before));
            assertThat(stream.open()).isTrue();
        }
    }

    private static double requestsDone() {
        return notifier.metrics()
                .lines()
                .filter(line -> line.startsWith("http_server_requests_seconds_count")
                        && line.contains("uri=\"/v1/stream\"")
                        && line.contains("status=\"200\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void saysGoodbyeWhenItStops() {
        try (var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen("ready");
            notifier.close();
            notifier = start();

            stream.awaitEnd();
            assertThat(stream.seen()).containsExactly("ready", "closing");
            var goodbye = JSON.readTree(stream.events().getLast().data());
            assertThat(goodbye.get("reason").asString()).isEqualTo("DRAINING");
            assertThat(goodbye.get("reconnectAfterMillis").asLong()).isBetween(1_000L, 5_000L);
        }
    }

    private void assertGrows(EventStream stream) {
        assertThat(versions(stream)).isSorted().doesNotHaveDuplicates();
    }

    private long last(EventStream stream) {
        var versions = versions(stream);
        return versions.isEmpty() ? 0 : versions.getLast();
    }

    private List<Long> versions(EventStream stream) {
        return stream.seen().stream()
                .filter(seen -> seen.startsWith(journey))
                .map(seen -> Long.parseLong(seen.substring(journey.length() + 1)))
                .toList();
    }
}
