package dev.borrowerjourney.projector.rebuild;

import static dev.borrowerjourney.projector.SnapshotFixtures.DETAILS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.projector.Operator;
import dev.borrowerjourney.projector.RunningProjector;
import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.event.JourneyCore;
import dev.borrowerjourney.schemas.event.JourneyObservation;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first half of the log has gone with its retention. */
class ExpiredLogIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> BY = List.of("--by", "sre-7", "--why", "incident 42");

    final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    final TestBroker broker = TestBroker.start();
    final TestDatabase database = TestDatabase.start();
    final RunningProjector projector = new RunningProjector(broker.bootstrapServers(), database).start();
    final Operator operator = projector.operator();
    final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    final Map<TopicPartition, Long> ends = new HashMap<>();

    /** All that was said of them is gone, and of some of them a repetition by a poll, which nobody published. */
    final List<SnapshotFixtures> gone =
            IntStream.range(0, 6).mapToObj(_ -> new SnapshotFixtures()).toList();

    /** Their details are gone, and what was said last is not. */
    final List<SnapshotFixtures> both =
            IntStream.range(0, 6).mapToObj(_ -> new SnapshotFixtures()).toList();

    final List<SnapshotFixtures> held =
            IntStream.range(0, 6).mapToObj(_ -> new SnapshotFixtures()).toList();

    @BeforeEach
    void letTheFirstHalfGo() throws Exception {
        gone.forEach(each -> send(hours(30), each.webhookMadeAt(hours(30), 1, "STARTED")));
        gone.forEach(each -> send(hours(29), polled(each, hours(29), "STARTED")));
        both.forEach(each -> send(hours(28), detailed(each, hours(28), 1)));
        var cut = new HashMap<>(ends);
        both.forEach(each -> send(hours(20), each.webhookMadeAt(hours(20), 2, "KYC_PENDING")));
        held.forEach(each -> send(hours(20), each.webhookMadeAt(hours(20), 1, "STARTED")));
        held.forEach(each -> send(hours(2), each.webhookMadeAt(hours(2), 2, "DISBURSED")));
        await().atMost(PATIENCE)
                .until(() ->
                        versions().values().stream().mapToLong(Long::longValue).sum() == 30);
        deleteRecords(cut);
    }

    @AfterEach
    void stop() {
        producer.close();
        operator.close();
        projector.close();
        database.close();
        broker.close();
    }

    @Test
    void losesNothingAndLetsNoVersionFall() {
        var before = contents();
        shadow();

        assertThat(run("--diff").out()).contains("0 differ");

        // Not even if the read model has lost it all, but for repetitions, which were never published.
        projector.owner().update("DELETE FROM journey");
        shadow();
        apply();
        assertThat(contents().keySet()).isEqualTo(before.keySet());
        assertThat(contents()).isEqualTo(before);
        assertThat(versions().values()).allMatch(version -> version >= 2);
        gone.forEach(each -> assertThat(versions()).containsEntry(each.journeyKey(), 2L));
        both.forEach(each -> assertThat(versions()).containsEntry(each.journeyKey(), 3L));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(projector.read(TopicCatalogue.JOURNEY_CHANGES))
                .hasSize(30 + 18));
    }

    @Test
    void mendsWhatTheLogStillHolds() {
        var before = contents();
        projector.owner().update("""
                UPDATE journey SET status = 'CLOSED', core_sequenced = jsonb_set(jsonb_set(core_sequenced::jsonb, '{sequence}', '99'),
                    '{content}', '{"status":"CLOSED","nextAction":null}')::text
                WHERE journey_key = ANY (?)
                """, (Object)
                held.stream().map(SnapshotFixtures::journeyKey).toArray(String[]::new));
        shadow();

        assertThat(run("--diff").out()).contains("VISIBLE 6", "6 differ");
        apply();

        assertThat(contents()).isEqualTo(before);
        held.forEach(each -> assertThat(versions()).containsEntry(each.journeyKey(), 3L));
    }

    @Test
    void refusesToTakeBackWhatTheLogCannotTellAnyMore() throws Exception {
        projector.owner().update("UPDATE journey SET status = 'CLOSED', core_sequenced = NULL");
        shadow();
        apply();
        var before = versions();
        both.forEach(each -> send(now, each.webhookMadeAt(now, 3, "DISBURSED")));
        await().atMost(PATIENCE).until(() -> both.stream()
                .map(SnapshotFixtures::journeyKey)
                .noneMatch(key -> Objects.equals(versions().get(key), before.get(key))));
        deleteRecords(ends);
        var after = versions();

        assertThat(run(BY, "--undo").code()).isEqualTo(OperatorCommand.FAILED);
        assertThat(versions()).isEqualTo(after);
        assertThat(run("--shadow").code()).isEqualTo(OperatorCommand.FAILED);
        shadow();
        assertThat(run("--diff").out()).contains("0 differ");
    }

    private void shadow() {
        assertThat(run("--shadow", "--restart", "--rate", "0").code()).isZero();
    }

    private void apply() {
        assertThat(run(BY, "--apply").code()).isZero();
    }

    private Operator.Ended run(String... arguments) {
        return operator.run("rebuild", arguments);
    }

    private Operator.Ended run(List<String> more, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        return run(all.toArray(String[]::new));
    }

    /** What is visible, and the registers that were published. */
    private Map<String, String> contents() {
        var contents = new HashMap<String, String>();
        projector
                .owner()
                .queryForList(
                        "SELECT journey_key, status, details::text AS details, core_sequenced::text AS core FROM journey")
                .forEach(row -> contents.put(
                        String.valueOf(row.get("journey_key")),
                        row.get("status") + " " + row.get("details") + " " + row.get("core")));
        return contents;
    }

    private Map<String, Long> versions() {
        var versions = new HashMap<String, Long>();
        projector
                .owner()
                .queryForList("SELECT journey_key, version FROM journey")
                .forEach(row -> versions.put(String.valueOf(row.get("journey_key")), (Long) row.get("version")));
        return versions;
    }

    private Instant hours(int ago) {
        return now.minus(Duration.ofHours(ago));
    }

    private static JourneySnapshot polled(SnapshotFixtures journey, Instant at, String status) {
        return JourneySnapshot.newBuilder(journey.poll(1, status, null))
                .setUpdatedAt(at)
                .setAnsweredAt(at)
                .setReceivedAt(at)
                .build();
    }

    private static JourneySnapshot detailed(SnapshotFixtures journey, Instant at, long sequence) {
        return JourneySnapshot.newBuilder(journey.webhookMadeAt(at, sequence, "OFFERS_AVAILABLE"))
                .setJourneys(List.of(
                        new JourneyObservation(journey.journeyId, new JourneyCore("OFFERS_AVAILABLE", null), DETAILS)))
                .build();
    }

    private void send(Instant at, JourneySnapshot snapshot) {
        var value = projector.serdes().serializer().serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot);
        try {
            var sent = producer.send(new ProducerRecord<>(
                            TopicCatalogue.JOURNEY_SNAPSHOTS,
                            null,
                            at.toEpochMilli(),
                            snapshot.getBorrowerKey().getBytes(UTF_8),
                            value))
                    .get(60, SECONDS);
            ends.put(new TopicPartition(sent.topic(), sent.partition()), sent.offset() + 1);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void deleteRecords(Map<TopicPartition, Long> before) throws Exception {
        var delete = new HashMap<TopicPartition, RecordsToDelete>();
        before.forEach((partition, offset) -> delete.put(partition, RecordsToDelete.beforeOffset(offset)));
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteRecords(delete).all().get(60, SECONDS);
        }
    }
}
