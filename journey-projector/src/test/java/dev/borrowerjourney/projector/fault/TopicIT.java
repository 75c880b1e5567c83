package dev.borrowerjourney.projector.fault;

import static dev.borrowerjourney.projector.fault.Ground.PATIENCE;
import static dev.borrowerjourney.schemas.topic.TopicCatalogue.JOURNEY_SNAPSHOTS;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The log, or what Kafka knows of the group, is not what it was. */
@Tag("slow")
class TopicIT extends OneOwner {

    /** The new topic may be longer than the old one was when the consumer first sees it. */
    @Test
    void readsTopicMadeAnewFromItsBeginning() {
        makeTopicAnew();
        traffic.sendEach();
        promises.areKept();

        var caught = GROUND.kafka().hold(ApiKeys.FETCH, owner.clientId());
        caught.await();
        makeTopicAnew();
        IntStream.range(0, 5).forEach(_ -> traffic.sendEach());
        caught.release();

        promises.areKept();
    }

    @Test
    void publishesNothingTwiceWithoutKafkasOffsets() {
        GROUND.stopInstances();
        await().atMost(PATIENCE).until(GROUND::nobodyIsLeft);
        Ground.done(GROUND.admin()
                .deleteConsumerGroupOffsets(Ground.GROUP, partitions())
                .all());

        GROUND.instance();
        traffic.sendEach();
        promises.areKept();
    }

    private static void makeTopicAnew() {
        Ground.done(GROUND.admin().deleteTopics(Set.of(JOURNEY_SNAPSHOTS)).all());
        await().atMost(PATIENCE)
                .ignoreExceptionsMatching(error -> error.getCause() instanceof TopicExistsException)
                .untilAsserted(() -> GROUND.createTopic(JOURNEY_SNAPSHOTS, Map.of()));
    }

    private static Set<TopicPartition> partitions() {
        return IntStream.range(0, Ground.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(JOURNEY_SNAPSHOTS, partition))
                .collect(Collectors.toSet());
    }
}
