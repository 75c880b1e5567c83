package dev.borrowerjourney.projector.rebuild;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.projector.Operator;
import dev.borrowerjourney.projector.RunningProjector;
import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.JourneyState;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A running projector on a broker and a database of its own, because a rebuild looks at all that is there. */
abstract class RebuildCommands {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final List<String> BY = List.of("--by", "sre-7", "--why", "incident 42");

    private static final class Shared {
        static final TestBroker BROKER = TestBroker.start();
        static final TestDatabase DATABASE = TestDatabase.start();
        static final RunningProjector PROJECTOR = new RunningProjector(BROKER.bootstrapServers(), DATABASE).start();
        static final Operator OPERATOR = PROJECTOR.operator();
    }

    static final String BROKERS = Shared.BROKER.bootstrapServers();
    static final TestDatabase DATABASE = Shared.DATABASE;
    static final RunningProjector PROJECTOR = Shared.PROJECTOR;
    static final Operator OPERATOR = Shared.OPERATOR;

    final SnapshotFixtures journey = new SnapshotFixtures();
    final JdbcTemplate jdbc = PROJECTOR.owner();

    @TempDir
    Path files;

    /** What a test has damaged is of no concern to the next one. */
    @AfterEach
    void mend() {
        shadow();
        apply();
        jdbc.update("DELETE FROM journey WHERE journey_key LIKE 'nobody%'");
        jdbc.update("TRUNCATE rebuild_run CASCADE");
    }

    static Operator.Ended run(String... arguments) {
        return OPERATOR.run("rebuild", arguments);
    }

    static Operator.Ended run(List<String> more, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(more);
        return run(all.toArray(String[]::new));
    }

    /** A new shadow, made as fast as it can. */
    static void shadow() {
        assertThat(run("--shadow", "--restart", "--rate", "0").code()).isZero();
    }

    static String apply() {
        var ended = run(BY, "--apply");
        assertThat(ended.code()).as(ended.out()).isZero();
        return ended.out();
    }

    JsonNode diff() {
        var file = files.resolve("diff.json");
        assertThat(run("--diff", "--limit", "1000", "--json", file.toString()).code())
                .isZero();
        try {
            return JsonMapper.shared().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    long different(String kind) {
        return diff().required("counts").required(kind).asLong();
    }

    void nothingDiffers() {
        assertThat(diff().required("entries")).isEmpty();
    }

    RecordMetadata send(JourneySnapshot snapshot) {
        return PROJECTOR.send(snapshot, headers("c1"));
    }

    void awaitVersion(long version) {
        await().atMost(PATIENCE).until(() -> version() == version);
    }

    long version() {
        return jdbc
                .queryForList("SELECT version FROM journey WHERE journey_key = ?", Long.class, journey.journeyKey())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    Map<String, Object> row() {
        return jdbc.queryForMap("""
                SELECT version, type, status, next_action, details::text AS details, source, platform_at,
                       core_sequenced::text AS core_sequenced, core_timed::text AS core_timed,
                       details_sequenced::text AS details_sequenced, details_timed::text AS details_timed
                FROM journey WHERE journey_key = ?
                """, journey.journeyKey());
    }

    /** The columns that say nothing of how often something changed. */
    Map<String, Object> content() {
        var row = row();
        row.remove("version");
        return row;
    }

    List<JourneyChanged> changes() {
        return changesOf(journey);
    }

    static List<JourneyChanged> changesOf(SnapshotFixtures journey) {
        return PROJECTOR.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(record -> (JourneyChanged) record.value())
                .filter(change -> change.getJourneyId().equals(journey.journeyId))
                .toList();
    }

    void awaitChanges(int count) {
        await().atMost(PATIENCE).until(() -> changes().size() >= count);
        assertThat(changes()).hasSize(count);
    }

    /** The newest on the topic of latest states. */
    JourneyState published() {
        return PROJECTOR.read(TopicCatalogue.JOURNEYS).stream()
                .map(record -> (JourneyState) record.value())
                .filter(state -> state.getJourneyId().equals(journey.journeyId))
                .toList()
                .getLast();
    }

    /** As if the owner had made it so itself: it must not heal by what it has in memory. */
    void damage(String assignments) {
        assertThat(jdbc.update("UPDATE journey SET " + assignments + " WHERE journey_key = ?", journey.journeyKey()))
                .isOne();
        jdbc.update("UPDATE projection_offset SET edited = edited + 1");
    }
}
