package dev.borrowerjourney.sandbox.demo.bench;

import dev.borrowerjourney.schemas.topic.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** The topics of a bench: each run begins with an empty one. */
final class KafkaBenchTopics implements AutoCloseable {

    private final Admin admin;

    KafkaBenchTopics(String bootstrapServers) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** A topic with partitions and settings of one of the catalogue, on the one broker. */
    void createLike(Topic topic, String name) throws InterruptedException, ExecutionException {
        var settings = new HashMap<>(topic.settings());
        settings.put("min.insync.replicas", "1");
        // Gigabytes that are of no use any more must not wait a minute while the next run writes its own.
        settings.put("file.delete.delay.ms", "1000");
        var fresh = new NewTopic(name, Optional.of(topic.partitions()), Optional.of((short) 1)).configs(settings);
        admin.createTopics(List.of(fresh)).all().get();
    }

    void delete(String name) throws InterruptedException, ExecutionException {
        admin.deleteTopics(List.of(name)).all().get();
    }

    /** Deletes all records; the topic's beginning is then its end. */
    void empty(Topic topic) throws InterruptedException, ExecutionException {
        var latest = IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        var ends = admin.listOffsets(latest).all().get();
        var until = new HashMap<TopicPartition, RecordsToDelete>();
        ends.forEach((partition, end) -> until.put(partition, RecordsToDelete.beforeOffset(end.offset())));
        admin.deleteRecords(until).all().get();
    }

    @Override
    public void close() {
        admin.close();
    }
}
