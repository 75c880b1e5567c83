package dev.borrowerjourney.notifier.notification;

import dev.borrowerjourney.schemas.event.NotificationDelivered;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A record of the topic notification-deliveries. */
record Told(String key, Headers headers, NotificationDelivered value) {

    private static final ContractSerdes SERDES = ContractSerdes.of(
            Map.of("schema.registry.url", TestRegistry.shared().url()));

    /** All that the shared broker has; of one partition in its order. */
    static List<Told> published() {
        var told = new ArrayList<Told>();
        var broker =
                Map.<String, Object>of("bootstrap.servers", TestBroker.shared().bootstrapServers());
        try (var consumer = new KafkaConsumer<>(broker, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(TopicCatalogue.NOTIFICATION_DELIVERIES).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> told.add(of(record)));
            }
        }
        return told;
    }

    /** What became of attempts to tell this device, in their order. */
    static List<String> published(String deviceId) {
        return published().stream()
                .filter(told -> told.value().getDeviceId().equals(deviceId))
                .map(told -> told.value().getAttempt() + " " + told.value().getOutcome())
                .toList();
    }

    private static Told of(ConsumerRecord<String, byte[]> record) {
        var value = (NotificationDelivered)
                SERDES.deserializer().deserialize(record.topic(), record.headers(), record.value());
        return new Told(record.key(), record.headers(), value);
    }
}
