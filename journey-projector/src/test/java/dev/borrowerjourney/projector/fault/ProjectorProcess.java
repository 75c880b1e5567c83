package dev.borrowerjourney.projector.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The packaged service as a process of its own, with one consuming thread. */
final class ProjectorProcess {

    static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(5);

    static final Path JAR = Path.of("target", "journey-projector.jar");
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final String clientId;
    private final LocalProcess process;

    private ProjectorProcess(String clientId, LocalProcess process) {
        this.clientId = clientId;
        this.process = process;
    }

    static ProjectorProcess start(List<String> settings) {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException(JAR.toAbsolutePath() + ": missing (expected: packaged by Maven before)");
        }
        var clientId = "journey-projector-%02d".formatted(STARTED.incrementAndGet());
        var arguments = new ArrayList<>(List.of(
                "-jar",
                JAR.toString(),
                "--server.port=0",
                "--management.server.port=0",
                "--server.address=127.0.0.1",
                "--management.server.address=127.0.0.1",
                "--projector.concurrency=1",
                "--spring.kafka.client-id=" + clientId,
                "--spring.kafka.consumer.properties.max.poll.interval.ms=" + MAX_POLL_INTERVAL.toMillis()));
        arguments.addAll(settings);
        var protocol = System.getProperty("projector.group-protocol");
        if (protocol != null) {
            arguments.add("--projector.group-protocol=" + protocol);
        }
        return new ProjectorProcess(clientId, LocalProcess.java("projector", 256, arguments));
    }

    /** What the names of all its Kafka clients begin with; no other instance's do. */
    String clientId() {
        return clientId;
    }

    boolean lives() {
        return process.lives();
    }

    /** As kill -9 does. */
    void kill() {
        process.kill();
    }

    /** As a rollout does. */
    void stop() {
        process.stop();
    }

    void freeze() {
        process.freeze();
    }

    void thaw() {
        process.thaw();
    }
}
