package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.publication.PublishedMark;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What the broker says of a partition that is about to begin.
 *
 * @param first of the log
 * @param end of the log
 */
record KafkaAnswers(Optional<OffsetAndMetadata> committed, long first, long end) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The broker does not tell an offset that a dead owner's open transaction may still change. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    static KafkaAnswers about(TopicPartition partition, Consumer<?, ?> consumer) {
        return new KafkaAnswers(
                Optional.ofNullable(
                        consumer.committed(Set.of(partition), UNSETTLED).get(partition)),
                one(partition, consumer.beginningOffsets(Set.of(partition), PATIENCE)),
                one(partition, consumer.endOffsets(Set.of(partition), PATIENCE)));
    }

    /** @param cutAt where the log was cut off, though it may be longer again */
    PartitionStart.Facts facts(long cutAt) {
        return new PartitionStart.Facts(
                committed.map(OffsetAndMetadata::offset).orElse(null),
                committed.flatMap(offset -> PublishedMark.parse(offset.metadata())),
                first,
                Math.min(cutAt, end));
    }

    /** The leader's epoch is kept with the committed offset, and good for that offset only. */
    Optional<Integer> epochAt(StartPosition answer) {
        return answer instanceof StartPosition.Resume(long offset, long _)
                ? committed.filter(known -> known.offset() == offset).flatMap(OffsetAndMetadata::leaderEpoch)
                : Optional.empty();
    }

    private static long one(TopicPartition partition, Map<TopicPartition, Long> offsets) {
        var offset = offsets.get(partition);
        if (offset == null) {
            throw new IllegalStateException(partition + ": the broker tells no offset");
        }
        return offset;
    }
}
