package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.event.JourneyChanged;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both protocols begin where Kafka knows no offset, and take turns as in a rollout that changes from one to the other. */
class GroupProtocolIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final List<SnapshotFixtures> journeys =
            LongStream.range(0, 8).mapToObj(_ -> new SnapshotFixtures()).toList();

    @ParameterizedTest
    @EnumSource(GroupProtocol.class)
    void goesOnUnderTheOtherProtocol(GroupProtocol first) {
        var second = first == GroupProtocol.CLASSIC ? GroupProtocol.CONSUMER : GroupProtocol.CLASSIC;
        var database = TestDatabase.start();
        try (var broker = TestBroker.start();
                var old = new RunningProjector(broker.bootstrapServers(), database);
                var young = new RunningProjector(broker.bootstrapServers(), database)) {
            start(old, first);
            send(old, 1);
            awaitVersionsUpTo(1, old);

            start(young, second);
            send(old, 2);
            awaitVersionsUpTo(2, old);
            old.stop();
            send(old, 3);
            awaitVersionsUpTo(3, old);
        }
    }

    private static void start(RunningProjector instance, GroupProtocol protocol) {
        instance.start("--projector.group-protocol=" + protocol.name().toLowerCase(Locale.ROOT));
    }

    private void send(RunningProjector through, int sequence) {
        journeys.forEach(journey -> through.send(journey.webhook(sequence, "STEP_" + sequence, null), headers("c1")));
    }

    private void awaitVersionsUpTo(int last, RunningProjector through) {
        var expected = LongStream.rangeClosed(1, last).boxed().toList();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(journeys)
                .allSatisfy(journey -> assertThat(versions(journey, through)).isEqualTo(expected)));
    }

    private static List<Long> versions(SnapshotFixtures journey, RunningProjector through) {
        return through.read(TopicCatalogue.JOURNEY_CHANGES).stream()
                .map(record -> (JourneyChanged) record.value())
                .filter(change -> change.getJourneyId().equals(journey.journeyId))
                .map(JourneyChanged::getVersion)
                .toList();
    }
}
