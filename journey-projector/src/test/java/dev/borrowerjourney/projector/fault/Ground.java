package dev.borrowerjourney.projector.fault;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.projector.CommittedRecords;
import dev.borrowerjourney.projector.OffsetLock;
import dev.borrowerjourney.projector.Operator;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Broker, registry and database that all fault tests of this JVM share, with the gates in front of them, and the instances
 * of the service that run on them.
 */
final class Ground {

    static final Duration PATIENCE = Duration.ofMinutes(2);
    static final int PARTITIONS = 2;
    static final String GROUP = "journey-projector";

    private static final class Shared {
        static final Ground GROUND = new Ground();
    }

    private final GatedBroker broker = new GatedBroker();
    private final TestRegistry registry = TestRegistry.shared();
    private final TestDatabase database = TestDatabase.start();
    private final PostgresGate postgres = new PostgresGate(database.port());
    private final ContractSerdes serdes = ContractSerdes.of(Map.of("schema.registry.url", registry.url()));
    private final Admin admin = broker.admin();
    private final Path secrets = secrets();
    private final List<ProjectorProcess> instances = new ArrayList<>();

    private Ground() {
        createTopic(TopicCatalogue.JOURNEY_SNAPSHOTS, Map.of());
        createTopic(TopicCatalogue.JOURNEY_CHANGES, Map.of());
        createTopic(TopicCatalogue.DEAD_LETTERS, Map.of());
        // Compacted as soon as there is something to compact.
        createTopic(
                TopicCatalogue.JOURNEYS,
                Map.of("segment.ms", "200", "min.cleanable.dirty.ratio", "0.001", "min.compaction.lag.ms", "0"));
    }

    static Ground shared() {
        return Shared.GROUND;
    }

    /** The one instance that runs, or else a new one. */
    ProjectorProcess instance() {
        instances.removeIf(instance -> !instance.lives());
        return instances.isEmpty() ? another() : instances.getLast();
    }

    /** One more instance. */
    ProjectorProcess another() {
        var instance = ProjectorProcess.start(
                settings().stream().map(setting -> "--" + setting).toList());
        instances.add(instance);
        return instance;
    }

    /** An operator's command as a process of its own. */
    LocalProcess command(String... words) {
        var arguments = new ArrayList<>(
                settings().stream().map(setting -> "-D" + setting).toList());
        arguments.addAll(List.of("-jar", ProjectorProcess.JAR.toString()));
        arguments.addAll(List.of(words));
        return LocalProcess.java("operator", 192, arguments);
    }

    /** Commands in this JVM. */
    Operator operator() {
        return new Operator(settings().stream().map(setting -> "--" + setting).toList());
    }

    private List<String> settings() {
        return List.of(
                "spring.datasource.url=jdbc:postgresql://127.0.0.1:" + postgres.port()
                        + "/borrower_journey?prepareThreshold=0",
                "spring.kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "spring.kafka.properties.schema.registry.url=" + registry.url(),
                "projector.secrets-directory=" + secrets);
    }

    /** Ends all instances as a rollout does, so that nobody is left in the group. */
    void stopInstances() {
        instances.forEach(ProjectorProcess::stop);
        instances.clear();
    }

    GatedBroker broker() {
        return broker;
    }

    KafkaGate kafka() {
        return broker.gate();
    }

    PostgresGate postgres() {
        return postgres;
    }

    ContractSerdes serdes() {
        return serdes;
    }

    Admin admin() {
        return admin;
    }

    JdbcTemplate owner() {
        return new JdbcTemplate(database.as("bj_projector"));
    }

    OffsetLock lock(int partition) throws SQLException {
        return new OffsetLock(database.as("bj_projector").getConnection(), partition);
    }

    void createTopic(String name, Map<String, String> special) {
        var settings = new HashMap<>(TopicCatalogue.topic(name).settings());
        settings.put("min.insync.replicas", "1");
        settings.putAll(special);
        done(admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1).configs(settings)))
                .all());
    }

    /** Everything committed on a topic, in order of partitions and offsets. */
    List<ConsumerRecord<String, Object>> read(String topic) {
        var values = serdes.deserializer();
        var records = new ArrayList<ConsumerRecord<String, Object>>();
        for (var record : CommittedRecords.of(broker.bootstrapServers(), topic)) {
            records.add(new ConsumerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.key(),
                    values.deserialize(topic, record.value())));
        }
        return records;
    }

    /** Client ids of the group's members, once it is at rest; of none while it is not. */
    Set<String> members() {
        var group = Objects.requireNonNull(
                done(admin.describeConsumerGroups(List.of(GROUP)).all()).get(GROUP));
        return group.groupState() == GroupState.STABLE
                ? group.members().stream().map(MemberDescription::clientId).collect(Collectors.toSet())
                : Set.of();
    }

    boolean nobodyIsLeft() {
        var group = Objects.requireNonNull(
                done(admin.describeConsumerGroups(List.of(GROUP)).all()).get(GROUP));
        return group.groupState() == GroupState.EMPTY;
    }

    static <T> T done(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path secrets() {
        try {
            var directory = Files.createTempDirectory("fault-secrets");
            directory.toFile().deleteOnExit();
            database.writePassword("bj_projector", directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
