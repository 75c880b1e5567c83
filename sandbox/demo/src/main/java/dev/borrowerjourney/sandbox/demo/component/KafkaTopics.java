package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.start.Part;
import dev.borrowerjourney.sandbox.demo.start.StartFailed;
import dev.borrowerjourney.schemas.topic.Topic;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of the catalogue, on one broker. */
final class KafkaTopics {

    static final String PART = "topics";

    private static final String CLIENT = "sandbox-demo";

    private final Broker broker;

    KafkaTopics(Broker broker) {
        this.broker = broker;
    }

    List<Part> parts() {
        return List.of(new Part.Task(PART, List.of(Broker.PART), _ -> make()));
    }

    private void make() throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(settings())) {
            var existing = admin.listTopics().names().get();
            create(
                    admin,
                    TopicCatalogue.topics().stream()
                            .filter(topic -> !existing.contains(topic.name()))
                            .toList());
            bringUpToDate(
                    admin,
                    TopicCatalogue.topics().stream()
                            .filter(topic -> existing.contains(topic.name()))
                            .toList());
            admin.listConsumerGroupOffsets(CLIENT).all().get();
        }
        makeTransactionLog();
    }

    /** The broker makes its own topics when they are first asked for; that must not be the first borrower's time. */
    private void makeTransactionLog() {
        var settings = settings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, CLIENT);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
        }
    }

    private Map<String, Object> settings() {
        var settings = new HashMap<String, Object>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, CLIENT);
        return settings;
    }

    private static void create(Admin admin, List<Topic> topics) throws ExecutionException, InterruptedException {
        var fresh = topics.stream()
                .map(topic -> new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.of((short) 1))
                        .configs(settings(topic)))
                .toList();
        admin.createTopics(fresh).all().get();
    }

    private static void bringUpToDate(Admin admin, List<Topic> topics) throws ExecutionException, InterruptedException {
        var described = admin.describeTopics(topics.stream().map(Topic::name).toList())
                .allTopicNames()
                .get();
        var changes = new HashMap<ConfigResource, Collection<AlterConfigOp>>();
        for (var topic : topics) {
            checkPartitions(topic, Objects.requireNonNull(described.get(topic.name())));
            changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), operations(topic));
        }
        admin.incrementalAlterConfigs(changes).all().get();
    }

    private static List<AlterConfigOp> operations(Topic topic) {
        return settings(topic).entrySet().stream()
                .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
    }

    private static void checkPartitions(Topic topic, TopicDescription description) {
        int found = description.partitions().size();
        if (found != topic.partitions()) {
            throw new StartFailed(
                    "topic " + topic.name() + ": " + found + " partitions in the data (expected: " + topic.partitions()
                            + "); partition counts never change, start with --fresh",
                    null);
        }
    }

    /** The catalogue is written for three brokers; here is one. */
    private static Map<String, String> settings(Topic topic) {
        var settings = new TreeMap<>(topic.settings());
        settings.put("min.insync.replicas", "1");
        return settings;
    }
}
