package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of partitions when the threads of one instance hear of a new assignment at different times. */
class RebalanceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Shorter than a batch waits for a row that somebody else has locked. */
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(5);

    private static final String GROUP = "journey-projector";
    private static final RunningProjector PROJECTOR = new RunningProjector();
    private static final Admin ADMIN =
            Admin.create(Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()));

    @BeforeAll
    static void start() {
        PROJECTOR.start(
                "--projector.concurrency=2",
                "--spring.kafka.consumer.properties.max.poll.interval.ms=" + MAX_POLL_INTERVAL.toMillis());
    }

    @AfterAll
    static void stop() {
        ADMIN.close();
        PROJECTOR.close();
    }

    /** A thread that was held up hears of its loss when another has begun with what it lost. */
    @Test
    void appliesEveryPartitionAfterLateNewsOfLoss() throws Exception {
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(failure -> failure.getCause() instanceof GroupIdNotFoundException)
                .until(() -> members().size() == 2);
        var heldUp = owned(0).iterator().next();
        // A partition that is not begun has no row to hold.
        var first = sendTo(heldUp);
        await().atMost(PATIENCE).until(() -> published().contains(first));

        try (var lock = lock(heldUp)) {
            sendTo(heldUp);
            await().atMost(PATIENCE).until(() -> lock.waiters() > 0);
            await().atMost(PATIENCE).until(() -> ownedWhateverMoves(1).contains(heldUp));
        }
        await().atMost(PATIENCE).until(() -> members().size() == 2 && !owned(0).isEmpty());

        var sent = new ArrayList<String>();
        for (int partition = 0; partition < partitions(); partition++) {
            sent.add(sendTo(partition));
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(published()).containsAll(sent));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(PROJECTOR.management("/actuator/health/readiness"))
                .contains("\"partitions\":" + partitions()));
    }

    /** Sends journeys until one falls into this partition, and tells its id. */
    private static String sendTo(int partition) {
        while (true) {
            var journey = new SnapshotFixtures();
            var sent = PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
            if (sent.partition() == partition) {
                return journey.journeyId;
            }
        }
    }

    private static Set<String> published() {
        return PROJECTOR.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(change -> ((JourneyChanged) change.value()).getJourneyId())
                .collect(Collectors.toSet());
    }

    private static int partitions() throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(ADMIN.describeTopics(List.of(TopicCatalogue.JOURNEY_SNAPSHOTS))
                        .allTopicNames()
                        .get()
                        .get(TopicCatalogue.JOURNEY_SNAPSHOTS))
                .partitions()
                .size();
    }

    /** Partitions by the number of the thread that owns them, once the group has settled. */
    private static Map<Integer, Set<Integer>> members() throws ExecutionException, InterruptedException {
        var group = group();
        return group.groupState() == GroupState.STABLE ? byThread(group) : Map.of();
    }

    private static ConsumerGroupDescription group() throws ExecutionException, InterruptedException {
        return Objects.requireNonNull(
                ADMIN.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP));
    }

    private static Map<Integer, Set<Integer>> byThread(ConsumerGroupDescription group) {
        return group.members().stream()
                .collect(Collectors.toMap(
                        member -> Integer.valueOf(member.clientId().substring(GROUP.length() + 1)),
                        member -> member.assignment().topicPartitions().stream()
                                .map(TopicPartition::partition)
                                .collect(Collectors.toCollection(HashSet::new))));
    }

    private static Set<Integer> owned(int thread) throws ExecutionException, InterruptedException {
        return members().getOrDefault(thread, Set.of());
    }

    /** The group is not at rest before the new owner has begun. */
    private static Set<Integer> ownedWhateverMoves(int thread) throws ExecutionException, InterruptedException {
        return byThread(group()).getOrDefault(thread, Set.of());
    }

    private static OffsetLock lock(int partition) throws SQLException {
        return new OffsetLock(
                Objects.requireNonNull(PROJECTOR.owner().getDataSource()).getConnection(), partition);
    }
}
