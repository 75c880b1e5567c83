package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.GroupProtocol;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;

/**
 * Makes consumers that read from where they were sent to and from nowhere else. An assigned partition has no position until
 * its lane has begun; under the newer protocol the client asks for Kafka's offset meanwhile, and would have the container
 * stop where there is none.
 */
final class KafkaConsumers extends DefaultKafkaConsumerFactory<byte[], byte[]> {

    KafkaConsumers(Map<String, Object> given, GroupProtocol protocol) {
        super(settings(given, protocol));
    }

    @Override
    protected Consumer<byte[], byte[]> createRawConsumer(Map<String, Object> settings) {
        return new ExtendedKafkaConsumer(settings) {
            @Override
            public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                try {
                    return super.poll(timeout);
                } catch (NoOffsetForPartitionException _) {
                    // The next call tells the listener of the partition, which then seeks.
                    return ConsumerRecords.empty();
                }
            }
        };
    }

    static Map<String, Object> settings(Map<String, Object> given, GroupProtocol protocol) {
        var settings = new HashMap<>(given);
        settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        // What has piled up is applied in large rounds: each costs two commits, whatever it holds.
        settings.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, protocol.name());
        switch (protocol) {
            case CLASSIC -> {
                settings.put(
                        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, List.of(CooperativeStickyAssignor.class));
                // How long the partitions of an instance that died wait for another.
                settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
                settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
            }
            case CONSUMER -> {}
        }
        return settings;
    }
}
