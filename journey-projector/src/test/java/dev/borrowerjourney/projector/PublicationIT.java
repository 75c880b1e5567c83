package dev.borrowerjourney.projector;

import static dev.borrowerjourney.projector.SnapshotFixtures.DETAILS;
import static dev.borrowerjourney.projector.SnapshotFixtures.headers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who wrote changes publishes them from memory; who finds them published by nobody reads them. Readers must not see which. */
class PublicationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String GROUP = "journey-projector";

    // Its own, because everything is published once more.
    private static final TestBroker BROKER = TestBroker.start();
    private static final TestDatabase DATABASE = TestDatabase.start();
    private static final RunningProjector PROJECTOR = new RunningProjector(BROKER.bootstrapServers(), DATABASE);

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
    void publishesFromMemoryWhatItWouldReadFromTables() throws Exception {
        var journeys = Stream.generate(SnapshotFixtures::new).limit(8).toList();
        for (var journey : journeys) {
            PROJECTOR.send(journey.webhook(1, "STARTED", null), headers("c1"));
            PROJECTOR.send(journey.poll(5, "PROFILE_REQUIRED", "COMPLETE_PROFILE"), headers("c2"));
            PROJECTOR.send(journey.webhook(2, "OFFERS_AVAILABLE", "VIEW_OFFERS", DETAILS), headers("c3"));
            PROJECTOR.send(journey.poll(9, "OFFER_SELECTED", null), headers("c4"));
        }
        int changes = 4 * journeys.size();
        await().atMost(PATIENCE)
                .until(() -> published(TopicCatalogue.JOURNEY_CHANGES).size() == changes);
        var changesFromMemory = published(TopicCatalogue.JOURNEY_CHANGES);
        var statesFromMemory = latest();

        forgetWhatIsPublished();
        await().atMost(PATIENCE)
                .until(() -> published(TopicCatalogue.JOURNEY_CHANGES).size() == 2 * changes);

        var all = published(TopicCatalogue.JOURNEY_CHANGES);
        var counts = all.stream().collect(Collectors.groupingBy(seen -> seen, Collectors.counting()));
        assertThat(counts).hasSize(changes).allSatisfy((_, count) -> assertThat(count)
                .isEqualTo(2));
        assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(changesFromMemory);
        assertThat(latest()).isEqualTo(statesFromMemory);
    }

    private static void forgetWhatIsPublished() throws Exception {
        PROJECTOR.stop();
        var partitions = IntStream.range(
                        0,
                        TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS).partitions())
                .mapToObj(partition -> new TopicPartition(TopicCatalogue.JOURNEY_SNAPSHOTS, partition))
                .collect(Collectors.toSet());
        try (var admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            admin.deleteConsumerGroupOffsets(GROUP, partitions).all().get();
        }
        PROJECTOR
                .owner()
                .update("UPDATE projection_offset SET published_position = 0, cursor_offset = applied_offset + 1");
        PROJECTOR.start();
    }

    private static List<String> published(String topic) {
        return CommittedRecords.of(BROKER.bootstrapServers(), topic).stream()
                .map(PublicationIT::seen)
                .toList();
    }

    private static Map<String, String> latest() {
        return CommittedRecords.of(BROKER.bootstrapServers(), TopicCatalogue.JOURNEYS).stream()
                .collect(Collectors.toMap(ConsumerRecord::key, PublicationIT::seen, (_, later) -> later));
    }

    /** Everything that a reader sees of a record. */
    private static String seen(ConsumerRecord<String, byte[]> record) {
        var headers = Arrays.stream(record.headers().toArray())
                .map(header -> header.key() + "=" + Arrays.toString(header.value()))
                .toList();
        return record.key() + " " + headers + " " + Arrays.toString(record.value());
    }
}
