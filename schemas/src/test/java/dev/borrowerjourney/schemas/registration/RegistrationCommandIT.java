package dev.borrowerjourney.schemas.registration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.event.Erasure;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistrationCommandIT {

    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();
    TestRegistry registry;

    @TempDir
    Path directory;

    @BeforeEach
    void start() {
        registry = TestRegistry.start();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void registersTheContractOnceAndForAll() throws Exception {
        assertThat(run("--dry-run")).isZero();
        assertThat(said())
                .hasSize(TopicCatalogue.topics().size())
                .allMatch(line -> line.endsWith(" would be registered"));
        assertThat(subjects()).isEmpty();

        assertThat(run("--apply")).isZero();
        assertThat(said()).allMatch(line -> line.matches("[a-z-]+-value registered, id \\d+"));
        assertThat(subjects()).hasSize(TopicCatalogue.topics().size());

        assertThat(run("--apply", "--json", directory.resolve("report.json").toString()))
                .isZero();
        assertThat(said()).allMatch(line -> line.contains(" unchanged, id "));
        assertThat(Files.readString(directory.resolve("report.json")))
                .contains("\"journeys-value\" : \"unchanged, id ");
    }

    /** Half a contract would be worse than none: what is compatible waits for what is not. */
    @Test
    void registersNothingBesideAnIncompatibleSchema() throws Exception {
        var erasures = TopicCatalogue.topic("erasures");
        try (var client = new CachedSchemaRegistryClient(registry.url(), 10)) {
            client.register(erasures.subject(), new AvroSchema("""
                    {"type": "record", "name": "Erasure", "namespace": "dev.borrowerjourney.schemas.event",
                     "fields": [{"name": "somethingElse", "type": "int"}]}"""));
        }

        assertThat(run("--apply")).isEqualTo(1);
        assertThat(said()).anyMatch(line -> line.startsWith("erasures-value INCOMPATIBLE: "));
        assertThat(subjects()).containsExactly("erasures-value");
    }

    @Test
    void letsProducersFindWhatTheyMayNotRegister() throws Exception {
        assertThat(run("--apply")).isZero();
        var erasure = new Erasure("4ImATIhQyDzwNt79fW4mr7Ro5p4BE6wOf4MP5taj7HY", "app", Instant.ofEpochMilli(1));

        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers()),
                new StringSerializer(),
                serdes().serializer())) {
            producer.send(new ProducerRecord<>("erasures", erasure.getBorrowerKey(), erasure))
                    .get();
        }

        assertThat(readErasures()).containsExactly(erasure);
    }

    @Test
    void tellsThatTheRegistryIsAway() {
        registry.close();

        assertThat(run("--apply")).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains(registry.url())
                .contains("is it up?")
                .doesNotContain("\tat ");
    }

    @Test
    void tellsHowItIsUsed() {
        var command = new RegistrationCommand(new PrintStream(out), new PrintStream(err));

        assertThat(command.run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("--dry-run|--apply");
        assertThat(command.run("register", "--registry", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("--dry-run or --apply: missing");
        assertThat(command.run("register", "--apply", "--registry", "ftp://x")).isEqualTo(2);
        assertThat(command.run("unregister")).isEqualTo(2);
        assertThat(command.run()).isEqualTo(2);
    }

    private int run(String... options) {
        var arguments = new ArrayList<>(List.of("register", "--registry", registry.url()));
        arguments.addAll(List.of(options));
        return new RegistrationCommand(new PrintStream(out), new PrintStream(err))
                .run(arguments.toArray(String[]::new));
    }

    private List<String> said() {
        var lines = out.toString(UTF_8).lines().toList();
        out.reset();
        return lines;
    }

    private Iterable<String> subjects() throws Exception {
        try (var client = new CachedSchemaRegistryClient(registry.url(), 10)) {
            return client.getAllSubjects();
        }
    }

    private ContractSerdes serdes() {
        return ContractSerdes.of(Map.of("schema.registry.url", registry.url()));
    }

    private List<Object> readErasures() {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        TestBroker.shared().bootstrapServers(),
                        "schema.registry.url",
                        registry.url(),
                        "specific.avro.reader",
                        true,
                        "group.id",
                        "registration-test",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                serdes().deserializer())) {
            consumer.subscribe(List.of("erasures"));
            var values = new ArrayList<Object>();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(consumed -> values.add(consumed.value()));
                return !values.isEmpty();
            });
            return values;
        }
    }
}
