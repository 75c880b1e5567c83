package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.projector.SnapshotFixtures;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.event.JourneyState;
import dev.borrowerjourney.schemas.header.EventIds;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.springframework.jdbc.BadSqlGrammarException;

/** What has to be true after every fault, of all journeys of some traffic. */
final class Promises {

    private final Ground ground;
    private final Traffic traffic;

    Promises(Ground ground, Traffic traffic) {
        this.ground = ground;
        this.traffic = traffic;
    }

    /** Waits until everything sent is applied and published, and looks at all of it then. */
    void areKept() {
        await("everything sent is applied")
                .atMost(PATIENCE)
                // Before the first instance has made them there are no tables.
                .ignoreExceptionsInstanceOf(BadSqlGrammarException.class)
                .until(this::everythingIsApplied);
        await("everything applied is published").atMost(PATIENCE).until(this::everythingIsPublished);
        var changes = changes();
        var states = states();
        for (var journey : traffic.journeys()) {
            eachVersionIsPublishedOnce(journey, changes.getOrDefault(journey.journeyId, List.of()));
            newestStateStands(journey, states.getOrDefault(journey.journeyId, List.of()));
            readModelTellsTheSame(journey);
        }
    }

    long versionOf(SnapshotFixtures journey) {
        return ground
                .owner()
                .queryForList(
                        "SELECT version FROM current_journey WHERE journey_key = ?", Long.class, journey.journeyKey())
                .stream()
                .findFirst()
                .orElse(0L);
    }

    List<Long> publishedVersionsOf(SnapshotFixtures journey) {
        return versions(changes().getOrDefault(journey.journeyId, List.of()));
    }

    /** Journeys' states on the topic, in order. */
    Map<String, List<JourneyState>> states() {
        return ground.read(TopicCatalogue.JOURNEYS).stream()
                .map(record -> (JourneyState) record.value())
                .collect(Collectors.groupingBy(JourneyState::getJourneyId));
    }

    private Map<String, List<JourneyChanged>> changes() {
        return ground.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(record -> (JourneyChanged) record.value())
                .collect(Collectors.groupingBy(JourneyChanged::getJourneyId));
    }

    private boolean everythingIsApplied() {
        return traffic.journeys().stream().allMatch(journey -> versionOf(journey) >= traffic.versionsOf(journey));
    }

    /**
     * An idle owner notes what it has published, so that there is nothing on its way any more. A partition of which commits
     * were lost and nothing new has come is published further than its log, applied again, has led to.
     */
    private boolean everythingIsPublished() {
        var waiting = ground.owner().queryForObject("""
                SELECT count(*)
                FROM (SELECT DISTINCT ON (partition) * FROM projection_offset ORDER BY partition, created_at DESC) AS o
                WHERE published_position < last_position
                """, Long.class);
        return waiting != null && waiting == 0;
    }

    private void eachVersionIsPublishedOnce(SnapshotFixtures journey, List<JourneyChanged> changes) {
        int count = traffic.versionsOf(journey);
        assertThat(versions(changes)).isEqualTo(versionsUpTo(count));
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.getAfter().getCore().getNextAction()).isEqualTo(Traffic.stepOf(change.getVersion()));
            assertThat(change.getChangeId())
                    .isEqualTo(EventIds.change(journey.borrower, journey.journeyId, change.getVersion())
                            .toString());
        });
    }

    private void newestStateStands(SnapshotFixtures journey, List<JourneyState> states) {
        assertThat(states.stream().map(JourneyState::getVersion).toList())
                .isSorted()
                .endsWith((long) traffic.versionsOf(journey));
    }

    private void readModelTellsTheSame(SnapshotFixtures journey) {
        int count = traffic.versionsOf(journey);
        assertThat(ground.owner()
                        .queryForMap(
                                "SELECT version, next_action FROM current_journey WHERE journey_key = ?",
                                journey.journeyKey()))
                .containsEntry("version", (long) count)
                .containsEntry("next_action", Traffic.stepOf(count));
        assertThat(ground.owner()
                        .queryForList(
                                "SELECT version FROM timeline WHERE journey_key = ? ORDER BY version",
                                Long.class,
                                journey.journeyKey()))
                .isEqualTo(versionsUpTo(count));
    }

    private static List<Long> versions(List<JourneyChanged> changes) {
        return changes.stream().map(JourneyChanged::getVersion).toList();
    }

    private static List<Long> versionsUpTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
