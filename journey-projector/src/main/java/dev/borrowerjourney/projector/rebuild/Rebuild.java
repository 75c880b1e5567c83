package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.KafkaTopics;
import dev.borrowerjourney.projector.projection.Snapshots;
import dev.borrowerjourney.projector.state.LogPartition;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What the parts of the command share: the log, the shadow, and what is served. */
record Rebuild(
        KafkaTopics topics,
        Supplier<KafkaLog> logs,
        Snapshots snapshots,
        KafkaWholeTopic states,
        Erasures erasures,
        PostgresShadow shadow,
        PostgresServed served,
        PostgresCorrections corrections,
        PostgresRuns runs) {

    /** Records a second that leave the live traffic room. */
    static final long USUAL_RATE = 5_000;

    String topicId() {
        return topics.idOf(TopicCatalogue.JOURNEY_SNAPSHOTS);
    }

    static LogPartition partition(String topicId, int partition) {
        return new LogPartition(TopicCatalogue.JOURNEY_SNAPSHOTS, topicId, partition);
    }

    ShadowReplay replay(KafkaLog log, Set<String> erased, Pace pace, IntConsumer done) {
        return new ShadowReplay(new ShadowReplay.Tools(snapshots, shadow, pace, done, topicId()), log, erased);
    }

    /**
     * The partitions of a shadow that can be compared.
     *
     * @throws Refusal if there is none
     */
    Map<Integer, ShadowPartition> standing() {
        var info = shadow.info()
                .orElseThrow(() -> new Refusal("there is no shadow: make one with rebuild --shadow first"));
        assertSame(info);
        if (info.filledAt() == null) {
            throw new Refusal("the shadow is not finished: go on with rebuild --shadow");
        }
        return shadow.partitions();
    }

    /** @throws Refusal if the shadow is of another log */
    void assertSame(ShadowInfo info) {
        if (!info.topicId().equals(topicId())) {
            throw new Refusal("the topic was made anew since the shadow was begun: rebuild --shadow --restart");
        }
    }
}
