package dev.borrowerjourney.schemas.testing;

import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** A real schema registry, Apicurio's, as a process of its own that ends with this JVM; its data are in memory. */
public final class TestRegistry implements AutoCloseable {

    private static final class Shared {
        static final TestRegistry REGISTRY = startWithContract();

        private Shared() {}
    }

    private final Process process;
    private final Path log;
    private final int port;

    private TestRegistry(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** One registry for all tests of this JVM, with the contract registered. */
    public static TestRegistry shared() {
        return Shared.REGISTRY;
    }

    /** An empty registry of one's own. */
    public static TestRegistry start() {
        try {
            var port = freePort();
            var management = freePort();
            var log = Files.createTempFile("registry", ".log");
            var process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-Dquarkus.http.host=127.0.0.1",
                            "-Dquarkus.http.port=" + port,
                            "-Dquarkus.management.host=127.0.0.1",
                            "-Dquarkus.management.port=" + management,
                            "-Dapicurio.rules.global.compatibility=FULL_TRANSITIVE",
                            "-jar",
                            Path.of(directory(), "quarkus-run.jar").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var registry = new TestRegistry(process, log, port);
            registry.awaitReady();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Confluent-compatible API, as {@code schema.registry.url} wants it. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
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

    private void awaitReady() {
        var subjects = HttpRequest.newBuilder(URI.create(url() + "/subjects"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            Awaitility.await("the registry, whose log is " + log)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast("the registry ended, see " + log, () -> !process.isAlive())
                    .until(() -> http.send(subjects, BodyHandlers.discarding()).statusCode() == 200);
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

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
