package dev.borrowerjourney.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** The service with its real broker, registry and database, and what a test needs to speak to them. */
public final class RunningProjector implements AutoCloseable {

    private final String brokers;
    private final TestDatabase database;
    private final ContractSerdes serdes = ContractSerdes.of(
            Map.of("schema.registry.url", TestRegistry.shared().url()));
    private final KafkaProducer<byte[], byte[]> producer;
    private final Path secrets;
    private @Nullable ConfigurableApplicationContext context;

    public RunningProjector() {
        this(TestBroker.shared().bootstrapServers(), TestDatabase.shared());
    }

    /** With a broker and a database of the test's own, which belong together: positions are given a partition. */
    public RunningProjector(String brokers, TestDatabase database) {
        this.brokers = brokers;
        this.database = database;
        this.secrets = secrets();
        // Larger than any topic takes, so that it is the broker that refuses.
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "max.request.size", 16 * 1024 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    public RunningProjector start(String... arguments) {
        var all = new ArrayList<>(List.of(
                "--server.port=0",
                "--management.server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.address=127.0.0.1"));
        all.addAll(List.of(arguments));
        settings().forEach((name, value) -> {
            if (all.stream().noneMatch(argument -> argument.startsWith("--" + name + "="))) {
                all.add("--" + name + "=" + value);
            }
        });
        context = new SpringApplicationBuilder(JourneyProjector.class).run(all.toArray(String[]::new));
        return this;
    }

    /** Where everything is. */
    private Map<String, String> settings() {
        return Map.of(
                "spring.datasource.url", database.url(),
                "spring.kafka.bootstrap-servers", brokers,
                "spring.kafka.properties.schema.registry.url",
                        TestRegistry.shared().url(),
                "projector.secrets-directory", secrets.toString());
    }

    /** Commands as an operator runs the jar. */
    public OperatorJar jar() {
        var environment = new HashMap<String, String>();
        settings()
                .forEach((name, value) ->
                        environment.put(name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT), value));
        return OperatorJar.of("journey-projector", environment);
    }

    public boolean runs() {
        return context != null;
    }

    public void stop() {
        if (context != null) {
            context.close();
            context = null;
        }
    }

    @Override
    public void close() {
        stop();
        producer.close();
    }

    /** What the management port answers. */
    public String management(String path) {
        var port = Objects.requireNonNull(context).getEnvironment().getRequiredProperty("local.management.port");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public <T> T bean(Class<T> type) {
        return Objects.requireNonNull(context).getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return Objects.requireNonNull(context).getBean(name, type);
    }

    public ContractSerdes serdes() {
        return serdes;
    }

    public JdbcTemplate owner() {
        return new JdbcTemplate(database.as("bj_projector"));
    }

    /** Who may read the views and nothing else of the schema. */
    public JdbcTemplate reader() {
        return new JdbcTemplate(database.as("bj_session"));
    }

    public RecordMetadata send(JourneySnapshot snapshot, Headers headers) {
        var value = serdes.serializer().serialize(TopicCatalogue.JOURNEY_SNAPSHOTS, snapshot);
        return send(snapshot.getBorrowerKey(), value, headers);
    }

    public RecordMetadata send(String key, byte @Nullable [] value, Headers headers) {
        try {
            return producer.send(new ProducerRecord<>(
                            TopicCatalogue.JOURNEY_SNAPSHOTS, null, key.getBytes(UTF_8), value, headers))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commands as an operator gives them, in this JVM. */
    public Operator operator() {
        var all = new ArrayList<String>();
        settings().forEach((name, value) -> all.add("--" + name + "=" + value));
        return new Operator(all);
    }

    /** Everything committed on a topic, in order of partitions and offsets. */
    public List<ConsumerRecord<String, Object>> read(String topic) {
        var values = serdes.deserializer();
        return CommittedRecords.of(brokers, topic).stream()
                .map(record -> decoded(record, values.deserialize(topic, record.value())))
                .toList();
    }

    /** One borrower's records of the log, in their order; others' may be unreadable. */
    public List<ConsumerRecord<String, Object>> snapshotsOf(BorrowerKey borrower) {
        var values = serdes.deserializer();
        return CommittedRecords.of(brokers, TopicCatalogue.JOURNEY_SNAPSHOTS).stream()
                .filter(record -> borrower.value().equals(record.key()))
                .map(record -> decoded(record, values.deserialize(record.topic(), record.value())))
                .toList();
    }

    private static ConsumerRecord<String, Object> decoded(ConsumerRecord<String, byte[]> record, Object value) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                record.serializedValueSize(),
                record.key(),
                value,
                record.headers(),
                record.leaderEpoch());
    }

    private Path secrets() {
        try {
            var directory = Files.createTempDirectory("projector-secrets");
            directory.toFile().deleteOnExit();
            database.writePassword("bj_projector", directory);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
