package dev.borrowerjourney.projector.projection;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.event.ListenerContainerPartitionIdleEvent;
import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Gives each assigned partition a lane. What a poll brings is a round of all its partitions; a partition without records
 * gets a look about every second. It never acknowledges anything: offsets are committed by the publication's transactions
 * alone.
 */
final class KafkaSnapshotListener
        implements BatchConsumerAwareMessageListener<byte[], byte[]>,
                ConsumerAwareRebalanceListener,
                CommonErrorHandler {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSnapshotListener.class);

    // Each thread's own: one may hear of a loss after another has begun with what was lost.
    private final ThreadLocal<Map<TopicPartition, KafkaLane>> lanes = ThreadLocal.withInitial(HashMap::new);
    private final ThreadLocal<KafkaBeginnings> beginnings =
            ThreadLocal.withInitial(() -> new KafkaBeginnings(System::nanoTime));
    private final KafkaLane.Tools tools;

    KafkaSnapshotListener(KafkaLane.Tools tools) {
        this.tools = tools;
    }

    @Override
    public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
        tools.owned().seen();
        var owner = Objects.requireNonNull(consumer);
        var polled = new LinkedHashMap<KafkaLane, List<ConsumerRecord<byte[], byte[]>>>();
        for (var batch : byPartition(records).entrySet()) {
            var lane = lanes.get().get(batch.getKey());
            if (lane == null) {
                // Never seen; but records that nobody takes would be missed for as long as the partition stays here.
                LOG.error("{} brings records and was not assigned; it begins now.", batch.getKey());
                begin(owner, batch.getKey());
            } else {
                polled.put(lane, batch.getValue());
            }
        }
        new KafkaRound(tools, owner).take(polled);
    }

    private static Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> byPartition(
            List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .collect(Collectors.groupingBy(
                        record -> new TopicPartition(record.topic(), record.partition()),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    /** Takes the container's idle events, on the consumer's thread. */
    void on(Object event) {
        switch (event) {
            case ListenerContainerPartitionIdleEvent idle -> {
                tools.owned().seen();
                var lane = lanes.get().get(idle.getTopicPartition());
                if (lane != null && lane.begun()) {
                    lane.look(idle.getConsumer());
                } else if (lane != null) {
                    start(lane, idle.getConsumer());
                }
            }
            case ListenerContainerIdleEvent _ -> tools.owned().seen();
            default -> LOG.trace("{}", event);
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> begin(consumer, partition));
    }

    @Override
    public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    /** Errors outside of the listener; a position that the log does not have any more sends the lane to its start. */
    @Override
    public void handleOtherException(
            Exception error, Consumer<?, ?> consumer, MessageListenerContainer container, boolean batchListener) {
        if (error instanceof OffsetOutOfRangeException outOfRange) {
            outOfRange.partitions().forEach(partition -> {
                var lane = lanes.get().get(partition);
                if (lane != null) {
                    noteCut(lane, partition, outOfRange);
                    lane.trouble(consumer, outOfRange);
                }
            });
        } else {
            tools.metrics().trouble();
            LOG.warn("The consumer goes on after: {}", error.getMessage(), error);
        }
    }

    @Override
    public boolean seeksAfterHandling() {
        return true;
    }

    /** Only the client can tell this of a log that has grown beyond our position again, and it does so once. */
    private static void noteCut(KafkaLane lane, TopicPartition partition, OffsetOutOfRangeException outOfRange) {
        if (outOfRange instanceof LogTruncationException truncation) {
            var divergent = truncation.divergentOffsets().get(partition);
            lane.cut(divergent == null ? 0 : divergent.offset());
        }
    }

    private void begin(Consumer<?, ?> consumer, TopicPartition partition) {
        var lane = new KafkaLane(partition, tools);
        end(lanes.get().put(partition, lane));
        // Without a position the consumer would ask for Kafka's offset, and stop where there is none.
        consumer.seek(partition, 0);
        start(lane, consumer);
    }

    private void start(KafkaLane lane, Consumer<?, ?> consumer) {
        beginnings.get().start(lane, consumer, lanes.get().values());
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            end(lanes.get().remove(partition));
        }
    }

    private static void end(@Nullable KafkaLane lane) {
        if (lane != null) {
            lane.end();
        }
    }
}
