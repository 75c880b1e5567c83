package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.DETAILS;
import static dev.borrowerjourney.projector.SnapshotFixtures.at;
import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.DeadLetter;
import dev.borrowerjourney.schemas.event.FreshnessState;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyContent;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyState;
import dev.borrowerjourney.schemas.event.Source;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JourneyProjectorIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RunningProjector PROJECTOR = new RunningProjector();

    final SnapshotFixtures journey = new SnapshotFixtures();

    @BeforeAll
    static void start() {
        PROJECTOR.start();
    }

    @AfterAll
    static void stop() {
        PROJECTOR.close();
    }

    @Test
    void showsEachJourneyInItsLatestState() {
        PROJECTOR.send(journey.webhook(1, "STARTED", "COMPLETE_PROFILE"), headers("c1"));
        PROJECTOR.send(journey.webhook(2, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS), headers("c2"));
        PROJECTOR.send(journey.poll(5, "OFFER_SELECTED", "WAIT"), headers("c3"));
        awaitVersion(3);

        var row = PROJECTOR
                .reader()
                .queryForMap("SELECT * FROM journey.current_journey WHERE journey_key = ?", journey.journeyKey());
        assertThat(row)
                .containsEntry("borrower_key", journey.borrower.value())
                .containsEntry("application_id", journey.applicationId)
                .containsEntry("journey_id", journey.journeyId)
                .containsEntry("type", "PERSONAL_LOAN")
                .containsEntry("status", "OFFER_SELECTED")
                .containsEntry("next_action", "WAIT")
                .containsEntry("version", 3L)
                .containsEntry("source", "POLL");
        assertThat(row.get("details")).asString().contains("\"amount\": \"250000.00\"");
        var states = PROJECTOR
                .reader()
                .queryForList(
                        "SELECT after->>'status' FROM journey.timeline WHERE journey_key = ? ORDER BY version",
                        String.class,
                        journey.journeyKey());
        assertThat(states).containsExactly("STARTED", "OFFERS_AVAILABLE", "OFFER_SELECTED");
    }

    @Test
    void publishesEachChangeOnce() {
        PROJECTOR.send(journey.webhook(1, "STARTED", "COMPLETE_PROFILE"), headers("c1"));
        var sent = PROJECTOR.send(journey.webhook(2, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS), headers("c2"));
        awaitChanges(2);

        var change = changes().getLast();
        var value = (JourneyChanged) change.value();
        assertThat(change.key()).isEqualTo(journey.borrower.value());
        assertThat(value.getVersion()).isEqualTo(2);
        assertThat(value.getChangeId())
                .isEqualTo(
                        EventIds.change(journey.borrower, journey.journeyId, 2).toString());
        assertThat(value.getBefore())
                .isEqualTo(new JourneyContent(new JourneyCore("STARTED", "COMPLETE_PROFILE"), null));
        assertThat(value.getAfter())
                .hasToString(
                        new JourneyContent(new JourneyCore("OFFERS_AVAILABLE", "VIEW_OFFERS"), DETAILS).toString());
        assertThat(value.getSource()).isEqualTo(Source.WEBHOOK);
        assertThat(value.getPlatformAt()).isEqualTo(at(2));
        assertThat(value.getChangedAt()).isEqualTo(at(3));
        assertThat(value.getConfirmedAt()).isNull();
        assertThat(value.getFresh().getState()).isEqualTo(FreshnessState.FRESH);
        assertThat(value.getSourceOffset().getPartition()).isEqualTo(sent.partition());
        assertThat(value.getSourceOffset().getOffset()).isEqualTo(sent.offset());
        assertThat(header(change, EventHeaders.ID)).isEqualTo(value.getChangeId());
        assertThat(header(change, EventHeaders.CORRELATION_ID)).isEqualTo("c2");
        assertThat(header(change, "ce_source")).isEqualTo("/journey-projector");
        assertThat(header(change, "ce_type")).isEqualTo("dev.borrowerjourney.journey-changed.v1");
        assertThat(header(change, "ce_subject")).isEqualTo(journey.journeyId);
        assertThat(header(change, EventHeaders.TRACEPARENT)).startsWith("00-0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void publishesLatestStateWithItsRegisters() {
        PROJECTOR.send(journey.webhook(1, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS), headers("c1"));
        PROJECTOR.send(journey.poll(5, "OFFER_SELECTED", null), headers("c2"));
        awaitChanges(2);

        var latest = states().getLast();
        var value = (JourneyState) latest.value();
        assertThat(latest.key()).isEqualTo(journey.journeyKey());
        assertThat(value.getVersion()).isEqualTo(2);
        assertThat(value.getStatus()).isEqualTo("OFFER_SELECTED");
        assertThat(value.getNextAction()).isNull();
        assertThat(value.getDetails()).hasToString(DETAILS.toString());
        assertThat(value.getConfirmedAt()).isEqualTo(at(7));
        assertThat(value.getCoreSequenced().getSequence()).isEqualTo(1);
        assertThat(value.getCoreSequenced().getContent().getStatus()).isEqualTo("OFFERS_AVAILABLE");
        assertThat(value.getCoreTimed().getTime()).isEqualTo(at(5));
        assertThat(value.getCoreTimed().getAskedTime()).isEqualTo(at(6));
        assertThat(value.getDetailsSequenced().getContent()).hasToString(DETAILS.toString());
        assertThat(value.getDetailsTimed()).isNull();
        assertThat(header(latest, EventHeaders.ID))
                .isEqualTo(
                        EventIds.state(journey.borrower, journey.journeyId, 2).toString());
    }

    @Test
    void makesNothingNewOfRedelivery() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c3"));
        PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c4"));
        PROJECTOR.send(journey.webhook(3, "PROFILE_SUBMITTED", null), headers("c5"));
        awaitChanges(3);

        assertThat(changes().stream().map(record -> ((JourneyChanged) record.value()).getVersion()))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void showsNothingOfJourneyWithoutCore() {
        var snapshot = journey.webhook(1, "STARTED", null, DETAILS);
        snapshot.getJourneys().getFirst().put("core", null);
        PROJECTOR.send(snapshot, headers("c1"));
        var other = new SnapshotFixtures();
        PROJECTOR.send(other.webhook(1, "STARTED", null), headers("c2"));
        awaitVersion(other, 1);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(PROJECTOR
                        .owner()
                        .queryForList(
                                "SELECT version FROM journey WHERE journey_key = ?", Long.class, journey.journeyKey()))
                .containsExactly(0L));
        assertThat(version(journey)).isZero();
    }

    /** A poison record must neither stop its partition nor be lost. */
    @Test
    void givesUpPoisonAndGoesOn() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        var garbage = PROJECTOR.send(journey.borrower.value(), "garbage".getBytes(UTF_8), headers("c2"));
        var empty = PROJECTOR.send(journey.borrower.value(), null, headers("c3"));
        var whole = PROJECTOR
                .serdes()
                .serializer()
                .serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, journey.webhook(2, "PROFILE_REQUIRED", null));
        var cut = PROJECTOR.send(journey.borrower.value(), Arrays.copyOf(whole, whole.length / 2), headers("c4"));
        var refused = PROJECTOR.send(journey.webhook(3, "NUL\u0000", null), headers("c5"));
        PROJECTOR.send(journey.webhook(4, "PROFILE_SUBMITTED", null), headers("c6"));
        awaitChanges(2);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(deadLetters(garbage.partition()))
                .contains(
                        garbage.offset() + " NOT_AVRO null",
                        empty.offset() + " EMPTY null",
                        cut.offset() + " UNDECODABLE EOFException",
                        refused.offset() + " INVALID core"));
        assertThat(changes().stream().map(record -> ((JourneyChanged) record.value())
                        .getAfter()
                        .getCore()
                        .getStatus()))
                .containsExactly("STARTED", "PROFILE_SUBMITTED");
    }

    @Test
    void refusesRecordUnderAnotherBorrowersKey() {
        var stranger = new SnapshotFixtures();
        var value = PROJECTOR
                .serdes()
                .serializer()
                .serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, journey.webhook(1, "STARTED", null));
        var sent = PROJECTOR.send(stranger.borrower.value(), value, headers("c1"));

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(deadLetters(sent.partition()))
                .contains(sent.offset() + " INVALID key"));
        assertThat(version(journey)).isZero();
    }

    /** Restarts, and what arrived in between, must neither repeat nor lose a version. */
    @Test
    void goesOnAfterRestart() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        awaitChanges(1);
        PROJECTOR.stop();
        PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        PROJECTOR.start();
        PROJECTOR.send(journey.webhook(3, "PROFILE_SUBMITTED", null), headers("c3"));
        awaitChanges(3);

        assertThat(changes().stream().map(record -> ((JourneyChanged) record.value()).getVersion()))
                .containsExactly(1L, 2L, 3L);
    }

    /** After a failover that lost commits, what was published must come again in the database and nowhere else. */
    @Test
    void appliesAgainWhatTheDatabaseLost() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        var sent = PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        awaitChanges(2);
        PROJECTOR.stop();
        List.of("journey", "journey_change", "dead_letter", "projection_offset")
                .forEach(table ->
                        PROJECTOR.owner().update("DELETE FROM " + table + " WHERE partition = ?", sent.partition()));
        PROJECTOR.start();
        awaitVersion(2);
        PROJECTOR.send(journey.webhook(3, "PROFILE_SUBMITTED", null), headers("c3"));
        awaitChanges(3);

        assertThat(changes().stream().map(record -> ((JourneyChanged) record.value()).getVersion()))
                .containsExactly(1L, 2L, 3L);
    }

    /** A crash between the commit and the publication leaves rows that the next owner finds in the table. */
    @Test
    void publishesWhatACrashLeftUnpublished() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        awaitChanges(1);
        PROJECTOR.stop();
        var sent = PROJECTOR.send(journey.webhook(2, "PROFILE_REQUIRED", null), headers("c2"));
        PROJECTOR.start("--spring.kafka.producer.properties.max.request.size=1");
        awaitVersion(2);
        assertThat(changes()).hasSize(1);
        PROJECTOR.stop();
        PROJECTOR.start();
        awaitChanges(2);

        assertThat(((JourneyChanged) changes().getLast().value())
                        .getSourceOffset()
                        .getOffset())
                .isEqualTo(sent.offset());
    }

    @Test
    void tellsThatItIsReadyAndWhatItDid() {
        PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
        awaitChanges(1);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(PROJECTOR.management("/actuator/health/readiness"))
                .contains("\"status\":\"UP\"")
                .contains("\"missingTopics\":[]")
                .contains("\"partitions\":12")
                .contains("\"waiting\":{}"));
        assertThat(PROJECTOR.management("/actuator/health/liveness")).contains("\"status\":\"UP\"");
        assertThat(PROJECTOR.management("/actuator/prometheus"))
                .contains("projector_changes_total")
                .contains("projector_anomalies_total{kind=\"reopened\"")
                .contains("projector_dead_letters_total{reason=\"not_avro\"")
                .contains("projector_lag_records 0.0")
                .contains("projector_lag_age_seconds 0.0")
                .contains("projector_publications_seconds_count");
    }

    private List<ConsumerRecord<String, Object>> changes() {
        return PROJECTOR.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .filter(record ->
                        ((JourneyChanged) record.value()).getJourneyId().equals(journey.journeyId))
                .toList();
    }

    private List<ConsumerRecord<String, Object>> states() {
        return PROJECTOR.read(TopicCatalogue.JOURNEYS).stream()
                .filter(record -> ((JourneyState) record.value()).getJourneyId().equals(journey.journeyId))
                .toList();
    }

    private List<String> deadLetters(int partition) {
        return PROJECTOR.read(TopicCatalogue.DEAD_LETTERS).stream()
                .map(record -> (DeadLetter) record.value())
                .filter(letter -> letter.getSourceOffset().getPartition() == partition)
                .map(letter ->
                        letter.getSourceOffset().getOffset() + " " + letter.getReason() + " " + letter.getDetail())
                .toList();
    }

    private void awaitChanges(int count) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(changes()).hasSizeGreaterThanOrEqualTo(count));
        assertThat(changes()).hasSize(count);
    }

    private void awaitVersion(long version) {
        awaitVersion(journey, version);
    }

    private static void awaitVersion(SnapshotFixtures journey, long version) {
        await().atMost(PATIENCE).until(() -> version(journey) == version);
    }

    private static long version(SnapshotFixtures journey) {
        return PROJECTOR
                .reader()
                .queryForList(
                        "SELECT version FROM journey.current_journey WHERE journey_key = ?",
                        Long.class,
                        journey.journeyKey())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return EventHeaders.text(record.headers(), name)
                .orElse(UUID.randomUUID().toString());
    }
}
