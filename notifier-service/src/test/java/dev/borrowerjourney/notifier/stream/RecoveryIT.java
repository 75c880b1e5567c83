package dev.borrowerjourney.notifier.stream;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** What an open stream goes through when something behind the service is away. */
class RecoveryIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final TestRegistry REGISTRY = TestRegistry.shared();

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();

    @AfterAll
    static void stop() {
        IDENTITY.close();
    }

    /** The broker comes back without its log, so nothing that was published while it was away is ever delivered. */
    @Test
    void showsPresentStateAfterTheBrokerLostItsLog() throws IOException {
        var database = TestDatabase.shared();
        var model = ReadModel.in(database.as("bj_projector"));
        var port = freePort();
        var broker = broker(port);

        try (var notifier = RunningNotifier.start(
                                broker.getBrokersAsString(),
                                REGISTRY.url(),
                                database,
                                IDENTITY,
                                "--notifier.stream.heartbeat=1s")
                        .awaitReady();
                var stream = notifier.stream(IDENTITY.token(borrower))) {
            stream.awaitSeen("ready");
            publish(broker, 1);
            stream.awaitSeen("ready", journey + ":1");

            broker.destroy();
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> notifier.readiness().statusCode() == 503);
            assertThat(notifier.readiness().body()).contains("the broker does not answer");
            var beats = stream.comments().size();
            await().atMost(Duration.ofSeconds(60)).until(() -> stream.comments().size() > beats);
            assertThat(stream.open()).isTrue();

            model.keep(keyOf(borrower), APPLICATION, journey, 2, "OFFERS_PENDING", "null");
            broker = broker(port);
            stream.awaitSeen("ready", journey + ":1", journey + ":2");
            notifier.awaitReady();
            publish(broker, 3);
            stream.awaitSeen("ready", journey + ":1", journey + ":2", journey + ":3");
        } finally {
            broker.destroy();
        }
    }

    @Test
    void waitsForTheReadModelAndNamesIt() {
        try (var database = TestDatabase.start();
                var notifier = RunningNotifier.start(
                        TestBroker.shared().bootstrapServers(), REGISTRY.url(), database, IDENTITY);
                var stream = notifier.stream(IDENTITY.token(borrower))) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            notifier.readiness().body())
                    .contains("view journey.current_journey is missing"));
            assertThat(notifier.readiness().statusCode()).isEqualTo(503);
            assertThat(stream.seen()).isEmpty();

            var model = ReadModel.in(database.as("bj_projector"));
            model.keep(keyOf(borrower), APPLICATION, journey, 1, "STARTED", "null");
            stream.awaitLast("ready");
            notifier.awaitReady();

            model.drop();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> notifier.readiness().statusCode() == 503);
            model.keep(keyOf(borrower), APPLICATION, journey, 2, "PROFILE_REQUIRED", "null");
            model.create();
            stream.awaitLast(journey + ":2");
        }
    }

    @Test
    void namesMissingTopic() {
        var database = TestDatabase.shared();
        ReadModel.in(database.as("bj_projector"));
        try (var notifier = RunningNotifier.start(
                TestBroker.shared().bootstrapServers(),
                REGISTRY.url(),
                database,
                IDENTITY,
                "--notifier.stream.changes-topic=journey-changes-elsewhere")) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                            notifier.readiness().body())
                    .contains("topic journey-changes-elsewhere is missing"));
            assertThat(notifier.readiness().statusCode()).isEqualTo(503);
        }
    }

    private void publish(EmbeddedKafkaKraftBroker broker, long version) {
        try (var changes = new Changes(broker.getBrokersAsString(), REGISTRY.url())) {
            changes.publish(keyOf(borrower), APPLICATION, journey, version, "STARTED");
        }
    }

    private static EmbeddedKafkaKraftBroker broker(int port) {
        var broker = new EmbeddedKafkaKraftBroker(1, 1).kafkaPorts(port);
        broker.brokerProperties(Map.of("auto.create.topics.enable", "false"));
        broker.afterPropertiesSet();
        var topic = TopicCatalogue.topic(TopicCatalogue.JOURNEY_CHANGES);
        broker.addTopics(new NewTopic(topic.name(), topic.partitions(), (short) 1));
        return broker;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
