package dev.borrowerjourney.schemas.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A real schema registry, Apicurio's, as a process of its own that ends with this JVM; its data are in memory. */
public final class TestRegistry implements AutoCloseable {

    private static final class Shared {
        static final TestRegistry REGISTRY = startWithContract();

        private Shared() {}
    }

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final String address;

    private TestRegistry(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** One registry for all tests of this JVM, with the contract registered. */
    public static TestRegistry shared() {
        return Shared.REGISTRY;
    }

    /** An empty registry of one's own. */
    public static TestRegistry start() {
        try {
            var log = Files.createTempFile("registry", ".log");
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=0",
                            "-Dquarkus.management.host=127.0.0.1",
                            "-Dquarkus.management.port=0",
                            "-Dapicurio.rules.global.compatibility=FULL_TRANSITIVE",
                            "-jar",
                            Path.of(directory(), "quarkus-run.jar").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new TestRegistry(process, awaitAddress(process, log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Confluent-compatible API, as {@code schema.registry.url} wants it. */
    public String url() {
        return address + "/apis/ccompat/v7";
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static TestRegistry startWithContract() {
        var registry = start();
        try (var client = new CachedSchemaRegistryClient(registry.url(), 100)) {
            for (var topic : TopicCatalogue.topics()) {
                client.register(topic.subject(), new AvroSchema(topic.schema()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RestClientException e) {
            throw new IllegalStateException("the contract: not registered", e);
        }
        return registry;
    }

    /** It chooses its port itself, and says so once it answers: one chosen for it may be taken before it gets there. */
    private static String awaitAddress(Process process, Path log) {
        return Awaitility.await("the registry, whose log is " + log)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(process.isAlive())
                        .as(() -> "the registry lives, which wrote: " + written(log))
                        .isTrue())
                .until(() -> LISTENING.matcher(written(log)), Matcher::find)
                .group(1);
    }

    private static String written(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String directory() {
        var directory = System.getProperty("registry.directory");
        if (directory == null) {
            throw new IllegalStateException(
                    "registry.directory: not set (expected: the folder that module schemas unpacks the registry to)");
        }
        return directory;
    }
}
