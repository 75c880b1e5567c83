package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trouble of registry, database or broker is no record's fault: what met it is applied once they are back. */
@SuppressWarnings("NullAway.Init") // JUnit's lifecycle fills them.
class OutageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static TestDatabase database;
    private static BrokerProcess broker;
    private static Relay databaseWire;
    private static Relay registryWire;
    private static RunningProjector projector;

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void prepare() throws IOException {
        database = TestDatabase.start();
        broker = BrokerProcess.start();
        databaseWire = new Relay(database.port());
        registryWire = new Relay(URI.create(TestRegistry.shared().url()).getPort());
        projector = new RunningProjector(broker.bootstrapServers(), database);
    }

    @AfterAll
    static void end() throws IOException {
        projector.close();
        registryWire.close();
        databaseWire.close();
        broker.close();
        database.close();
    }

    /** It knows no schema yet when the record comes. */
    @Test
    void waitsForRegistry() throws IOException {
        projector.stop();
        registryWire.cut();
        startIfStopped();
        projector.send(journey.webhook(1, "STARTED", null), headers("c1"));
        // Also while it tries again, which it does about every second.
        await().atMost(PATIENCE)
                .during(Duration.ofSeconds(5))
                .until(() -> projector.management("/actuator/health/readiness").contains("SchemaUnavailable"));
        registryWire.mend();

        isAppliedAndNotBlamed("STARTED");
    }

    @Test
    void waitsForDatabase() throws IOException {
        startIfStopped();
        projector.send(journey.webhook(1, "STARTED", null), headers("c1"));
        isAppliedAndNotBlamed("STARTED");
        var before = trouble();
        databaseWire.cut();
        projector.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        await().atMost(PATIENCE).until(() -> trouble() > before);
        databaseWire.mend();

        isAppliedAndNotBlamed("STARTED", "PROFILE_REQUIRED");
    }

    /** The record is in the hands of its owner when the broker goes, so that it is applied and cannot be published. */
    @Test
    void waitsForBroker() throws Exception {
        startIfStopped();
        projector.send(journey.webhook(1, "STARTED", null), headers("c1"));
        isAppliedAndNotBlamed("STARTED");
        var before = trouble();
        var source = Objects.requireNonNull(projector.owner().getDataSource());
        try (var holder = source.getConnection();
                var lock = holder.createStatement()) {
            holder.setAutoCommit(false);
            lock.execute("SELECT FROM projection_offset FOR UPDATE");
            projector.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
            await().atMost(PATIENCE).until(OutageIT::somebodyWaitsForALock);
            broker.freeze();
            holder.rollback();
        }
        await().atMost(PATIENCE).until(() -> version() == 2 && trouble() > before);
        broker.thaw();

        isAppliedAndNotBlamed("STARTED", "PROFILE_REQUIRED");
    }

    private static void startIfStopped() {
        if (!projector.runs()) {
            projector.start(
                    "--spring.datasource.url="
                            + database.url().replace(":" + database.port() + "/", ":" + databaseWire.port() + "/"),
                    "--spring.kafka.properties.schema.registry.url=http://127.0.0.1:" + registryWire.port()
                            + URI.create(TestRegistry.shared().url()).getPath());
        }
    }

    private void isAppliedAndNotBlamed(String... statuses) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(projector.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                        .map(record -> (JourneyChanged) record.value())
                        .filter(change -> change.getJourneyId().equals(journey.journeyId))
                        .map(change -> change.getAfter().getCore().getStatus()))
                .containsExactly(statuses));
        assertThat(version()).isEqualTo(statuses.length);
        assertThat(projector.owner().queryForObject("SELECT count(*) FROM dead_letter", Long.class))
                .isZero();
        assertThat(projector.read(TopicCatalogue.DEAD_LETTERS)).isEmpty();
    }

    private long version() {
        return projector
                .owner()
                .queryForList("SELECT version FROM journey WHERE journey_key = ?", Long.class, journey.journeyKey())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private static boolean somebodyWaitsForALock() {
        var waiting = projector
                .owner()
                .queryForObject(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
                        Long.class);
        return waiting != null && waiting > 0;
    }

    private static double trouble() {
        return projector
                .bean(MeterRegistry.class)
                .get("projector.trouble")
                .counter()
                .count();
    }
}
