package dev.borrowerjourney.schemas.testing;

import static java.util.Map.entry;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A real broker: Testcontainers' Kafka where {@code -Dtest.broker=testcontainers} asks for it and a Docker engine answers,
 * else Kafka's own KRaft broker inside this JVM.
 */
public final class TestBroker implements AutoCloseable {

    private static final String KAFKA_IMAGE = "apache/kafka:4.2.1";

    private static final class Shared {
        static final TestBroker BROKER = start();

        private Shared() {}
    }

    private final String bootstrapServers;
    private final Runnable stop;

    private TestBroker(String bootstrapServers, Runnable stop) {
        this.bootstrapServers = bootstrapServers;
        this.stop = stop;
    }

    /** One broker for all tests of this JVM, with the topics of the catalogue; it ends with the JVM. */
    public static TestBroker shared() {
        return Shared.BROKER;
    }

    /** A broker of one's own, for tests that stop it, with the topics of the catalogue. */
    public static TestBroker start() {
        var broker = "testcontainers".equals(System.getProperty("test.broker")) ? container() : embedded();
        broker.createTopics();
        return broker;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stops the broker; nothing listens on its address any more. */
    @Override
    public void close() {
        stop.run();
    }

    private static TestBroker container() {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            throw new IllegalStateException("test.broker: testcontainers, and no Docker engine answers"
                    + " (expected: a Docker engine, or the property left out)");
        }
        var kafka = new KafkaContainer(KAFKA_IMAGE);
        kafka.start();
        return new TestBroker(kafka.getBootstrapServers(), kafka::stop);
    }

    private static TestBroker embedded() {
        var kafka = new EmbeddedKafkaKraftBroker(1, 1);
        kafka.brokerProperties(Map.ofEntries(
                entry("auto.create.topics.enable", "false"),
                entry("group.initial.rebalance.delay.ms", "0"),
                entry("group.consumer.session.timeout.ms", "6000"),
                entry("group.consumer.min.session.timeout.ms", "6000"),
                entry("group.consumer.heartbeat.interval.ms", "1000"),
                entry("group.consumer.min.heartbeat.interval.ms", "1000"),
                entry("offsets.topic.num.partitions", "1"),
                entry("transaction.state.log.num.partitions", "1"),
                entry("transaction.state.log.replication.factor", "1"),
                entry("transaction.state.log.min.isr", "1")));
        kafka.afterPropertiesSet();
        return new TestBroker(kafka.getBrokersAsString(), kafka::destroy);
    }

    private void createTopics() {
        var topics = TopicCatalogue.topics().stream()
                .map(topic -> {
                    var settings = new HashMap<>(topic.settings());
                    settings.put("min.insync.replicas", "1");
                    return new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(settings);
                })
                .toList();
        create(topics);
    }

    private void create(List<NewTopic> topics) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topics of the catalogue", e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("topics of the catalogue: interrupted", e);
        }
    }
}
