package dev.borrowerjourney.projector.fault;

import dev.borrowerjourney.defaults.testing.FreePort;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A broker as a process, whose clients all come through a gate; what it says to itself does not. */
final class GatedBroker implements AutoCloseable {

    private static final String FIRST_SEGMENT = "00000000000000000000.log";

    private final int port = FreePort.next();
    private final KafkaGate gate = new KafkaGate(port);
    private final Path directory;
    private final Path settings;
    private @Nullable LocalProcess process;

    GatedBroker() {
        try {
            directory = Files.createTempDirectory("gated-broker");
            settings = Files.writeString(directory.resolve("server.properties"), settings(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var format =
                java("kafka.tools.StorageTool", "format", "-t", "Z2F0ZWQtYnJva2VyLTAwMQ", "-c", settings.toString());
        if (format.awaitEnd() != 0) {
            throw new IllegalStateException("storage not formatted, see " + format);
        }
        start();
    }

    KafkaGate gate() {
        return gate;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + gate.port();
    }

    /** Starts with the log that is there. */
    void start() {
        var started = java("kafka.Kafka", settings.toString());
        process = started;
        Awaitility.await("the broker, " + started)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .failFast("the broker ended", () -> !started.lives())
                .ignoreExceptions()
                .until(this::answers);
    }

    /** As kill -9 does. */
    void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Takes away the end of a dead broker's log, as the loss of what a disk had not written does. */
    void cut(String topic, int partition, long offset) {
        var segment = directory.resolve("log").resolve(topic + "-" + partition).resolve(FIRST_SEGMENT);
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            long position = 0;
            while (position < file.length()) {
                file.seek(position);
                if (file.readLong() >= offset) {
                    file.setLength(position);
                    return;
                }
                position += Long.BYTES + Integer.BYTES + file.readInt();
            }
            throw new IllegalStateException(segment + " has nothing from " + offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers", bootstrapServers(),
                "client.id", "test",
                "default.api.timeout.ms", "30000",
                // It would spin while the broker comes up.
                "metadata.recovery.strategy", "none"));
    }

    @Override
    public void close() {
        kill();
        gate.close();
    }

    private boolean answers() throws Exception {
        try (var admin = admin()) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        }
    }

    private String settings(int port) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENTS://127.0.0.1:%1$d,SELF://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENTS://127.0.0.1:%4$d,SELF://127.0.0.1:%3$d
                listener.security.protocol.map=CLIENTS:PLAINTEXT,SELF:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=SELF
                log.dirs=%5$s
                auto.create.topics.enable=false
                group.initial.rebalance.delay.ms=0
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.abort.timed.out.transaction.cleanup.interval.ms=500
                log.cleaner.backoff.ms=200
                log.cleaner.dedupe.buffer.size=4194304
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=500
                group.consumer.session.timeout.ms=6000
                group.consumer.min.session.timeout.ms=6000
                group.consumer.heartbeat.interval.ms=1000
                group.consumer.min.heartbeat.interval.ms=1000
                """.formatted(port, FreePort.next(), FreePort.next(), gate.port(), directory.resolve("log"));
    }

    private static LocalProcess java(String main, String... arguments) {
        var command = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        return LocalProcess.java("broker", 384, command);
    }
}
