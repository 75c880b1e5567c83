package dev.borrowerjourney.notifier.testing;

import dev.borrowerjourney.defaults.testing.FreePort;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A Kafka broker as a process of its own on one address, which can be killed, and come back with or without its log. */
public final class BrokerProcess implements AutoCloseable {

    private final int port = FreePort.next();
    private final int controllerPort = FreePort.next();
    private @Nullable Path directory;
    private @Nullable Process process;

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Starts with the log of before. */
    public void start() {
        try {
            var settings = settings();
            process = java("kafka.Kafka", settings.toString());
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts with an empty log and the topics of this service. */
    public void startEmpty() {
        directory = null;
        start();
        var topics = Stream.of(TopicCatalogue.JOURNEY_CHANGES, TopicCatalogue.NOTIFICATION_DELIVERIES)
                .map(TopicCatalogue::topic)
                .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                .toList();
        try (var admin = admin()) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As kill -9 does. */
    public void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private Path settings() throws IOException {
        var existing = directory;
        if (existing != null) {
            return existing.resolve("server.properties");
        }
        var created = Files.createTempDirectory("broker");
        directory = created;
        var file = Files.writeString(
                created.resolve("server.properties"), """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                """.formatted(port, controllerPort, created.resolve("log")));
        format(file);
        return file;
    }

    private static void format(Path settings) throws IOException {
        var format =
                java("kafka.tools.StorageTool", "format", "-t", "c2FuZGJveC1ib3Jyb3dlcg", "-c", settings.toString());
        try {
            if (!format.waitFor(90, TimeUnit.SECONDS) || format.exitValue() != 0) {
                throw new IllegalStateException("the broker's storage could not be formatted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Process java(String main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    private void awaitAnswer() {
        Awaitility.await("the broker")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(300))
                .ignoreExceptions()
                .until(() -> {
                    try (var admin = admin()) {
                        return !admin.describeCluster()
                                .nodes()
                                .get(5, TimeUnit.SECONDS)
                                .isEmpty();
                    }
                });
    }

    private Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "default.api.timeout.ms",
                "30000",
                // It would spin while the broker comes up.
                "metadata.recovery.strategy",
                "none"));
    }
}
