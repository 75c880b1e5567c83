package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.at;
import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What whoever asks the platform is told to ask about. */
class ReconciliationDueIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    // Its own, because a log that has lost its beginning would be in the way of others' tests.
    private static final TestBroker BROKER = TestBroker.start();
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final RunningProjector PROJECTOR = new RunningProjector(BROKER.bootstrapServers(), DATABASE);

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void start() {
        PROJECTOR.start();
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
        DATABASE.close();
        BROKER.close();
    }

    @Test
    void tellsCauseAndSequenceUntilSettled() {
        PROJECTOR.send(journey.webhook(7, "STARTED", null), headers("c1"));
        PROJECTOR.send(journey.webhook(7, "PROFILE_REQUIRED", null), headers("c2"));
        awaitCauses("SEQUENCE_REUSED");
        assertThat(due()).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("borrower_key", journey.borrower.value())
                .containsEntry("application_id", journey.applicationId)
                .containsEntry("journey_id", journey.journeyId)
                .containsEntry("sequence", 7L)
                .containsEntry("due_at", Timestamp.from(at(8).plusSeconds(2))));

        PROJECTOR.send(journey.settlingPoll(7, 20, "PROFILE_REQUIRED"), headers("c3"));
        awaitCauses();
    }

    @Test
    void letsWhatWentBackBeSettledByTheGreatestSequence() {
        PROJECTOR.send(journey.webhook(9, "PROFILE_REQUIRED", null), headers("c1"));
        PROJECTOR.send(journey.webhookMadeAt(at(30), 3, "STARTED"), headers("c2"));
        awaitCauses("SEQUENCE_WENT_BACK");
        assertThat(due()).extracting(row -> row.get("sequence")).containsExactly(9L);

        PROJECTOR.send(journey.settlingPoll(9, 60, "STARTED"), headers("c3"));
        awaitCauses();
        assertThat(status()).isEqualTo("STARTED");
    }

    /** A lagging replica that is asked every few seconds contradicts each time, and is one cause. */
    @Test
    void countsContradictionOnceHoweverOftenItIsTold() {
        var before = counted();
        PROJECTOR.send(journey.webhook(9, "OFFERS_PENDING", null), headers("c1"));
        PROJECTOR.send(journey.poll(5, "PROFILE_SUBMITTED", null), headers("c2"));
        awaitCauses("POLL_DIFFERS");
        PROJECTOR.send(journey.poll(6, "PROFILE_SUBMITTED", null), headers("c3"));
        PROJECTOR.send(journey.webhook(10, "OFFERS_AVAILABLE", null), headers("c4"));
        await().atMost(PATIENCE).until(() -> "OFFERS_AVAILABLE".equals(status()));

        awaitCauses("POLL_DIFFERS");
        assertThat(counted()).isEqualTo(before + 1);
    }

    private static double counted() {
        return PROJECTOR
                .bean(MeterRegistry.class)
                .get("projector.anomalies")
                .tag("kind", "poll_differs")
                .counter()
                .count();
    }

    /** What records said that are gone, only the platform can tell. */
    @Test
    void asksForUnfinishedJourneysOfGapWithinAnHour() throws Exception {
        var now = Instant.now().getEpochSecond() - SnapshotFixtures.START.getEpochSecond();
        var over = new SnapshotFixtures();
        var sent = PROJECTOR.send(journey.webhook(now, "OFFERS_PENDING", null), headers("c1"));
        PROJECTOR.send(over.webhook(now, "CLOSED", null), headers("c2"));
        await().atMost(PATIENCE).until(() -> status(over) != null && status() != null);

        PROJECTOR.stop();
        var lost = PROJECTOR.send(journey.webhook(now + 1, "OFFERS_AVAILABLE", null), headers("c3"));
        try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            admin.deleteRecords(Map.of(
                            new TopicPartition(TopicCatalogue.JOURNEY_SNAPSHOTS, sent.partition()),
                            RecordsToDelete.beforeOffset(lost.offset() + 1)))
                    .all()
                    .get();
        }
        PROJECTOR.start();

        awaitCauses("LOG_GAP");
        assertThat(due()).extracting(row -> row.get("due_at")).allSatisfy(time -> assertThat((Timestamp) time)
                .isBefore(Timestamp.from(Instant.now().plus(Duration.ofHours(1)))));
        assertThat(due(over)).isEmpty();
    }

    private void awaitCauses(String... causes) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(due())
                .extracting(row -> row.get("cause"))
                .containsExactlyInAnyOrder((Object[]) causes));
    }

    private List<Map<String, Object>> due() {
        return due(journey);
    }

    private static List<Map<String, Object>> due(SnapshotFixtures journey) {
        return PROJECTOR
                .reader()
                .queryForList("SELECT * FROM journey.reconciliation_due WHERE journey_key = ?", journey.journeyKey());
    }

    private @Nullable String status() {
        return status(journey);
    }

    private static @Nullable String status(SnapshotFixtures journey) {
        return PROJECTOR
                .reader()
                .queryForList(
                        "SELECT status FROM journey.current_journey WHERE journey_key = ?",
                        String.class,
                        journey.journeyKey())
                .stream()
                .findFirst()
                .orElse(null);
    }
}
