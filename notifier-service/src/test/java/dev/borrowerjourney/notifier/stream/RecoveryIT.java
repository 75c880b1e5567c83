package dev.borrowerjourney.notifier.stream;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.BrokerProcess;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.EventStream;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an open stream goes through when something behind the service is away. */
@ExtendWith(OutputCaptureExtension.class)
class RecoveryIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final TestRegistry REGISTRY = TestRegistry.shared();

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();

    @AfterAll
    static void stop() {
        IDENTITY.close();
    }

    /** That it also goes on with a broker that has its log is shown by {@link TwoInstancesIT}. */
    @Test
    void goesOnAfterTheBrokerHasLostItsLog(CapturedOutput output) {
        var database = TestDatabase.shared();
        var model = ReadModel.in(database.as("bj_projector"));

        try (var broker = new BrokerProcess()) {
            broker.startEmpty();
            try (var notifier = start(broker, database);
                    var stream = notifier.stream(IDENTITY.token(borrower))) {
                stream.awaitSeen("ready");
                publish(broker, 1);
                stream.awaitSeen("ready", journey + ":1");

                // It comes back without its log: what was published before is never delivered, only the read model has
                // it.
                broker.kill();
                model.keep(keyOf(borrower), APPLICATION, journey, 2, "OFFERS_PENDING", "null");
                awaitSilentBroker(notifier, stream);
                broker.startEmpty();
                stream.awaitLast(journey + ":2");
                notifier.awaitReady();
                publish(broker, 3);
                stream.awaitSeen("ready", journey + ":1", journey + ":2", journey + ":3");
            }
        }
        // Left to itself, the admin client begins anew thousands of times a second while no broker answers.
        assertThat(output.getAll().lines().filter(line -> line.contains("AdminMetadataManager")))
                .noneMatch(line -> line.contains("Rebootstrapping"));
    }

    @Test
    void waitsForTheReadModelAndNamesIt() {
        try (var database = TestDatabase.start();
                var notifier = RunningNotifier.start(
                        TestBroker.shared().bootstrapServers(), REGISTRY.url(), database, IDENTITY);
                var stream = notifier.stream(IDENTITY.token(borrower))) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(notifier.readiness().body())
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
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(notifier.readiness().body())
                            .contains("topic journey-changes-elsewhere is missing"));
            assertThat(notifier.readiness().statusCode()).isEqualTo(503);
        }
    }

    private static RunningNotifier start(BrokerProcess broker, TestDatabase database) {
        return RunningNotifier.start(
                        broker.bootstrapServers(), REGISTRY.url(), database, IDENTITY, "--notifier.stream.heartbeat=1s")
                .awaitReady();
    }

    private static void awaitSilentBroker(RunningNotifier notifier, EventStream stream) {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> assertThat(notifier.readiness().body()).contains("the broker does not answer"));
        assertThat(notifier.readiness().statusCode()).isEqualTo(503);
        var beats = stream.comments().size();
        await().atMost(Duration.ofSeconds(60)).until(() -> stream.comments().size() > beats);
        assertThat(stream.open()).isTrue();
    }

    private void publish(BrokerProcess broker, long version) {
        try (var changes = new Changes(broker.bootstrapServers(), REGISTRY.url())) {
            changes.publish(keyOf(borrower), APPLICATION, journey, version, "STARTED");
        }
    }
}
