package dev.borrowerjourney.session.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One more instance of the service: the packaged jar as a process, so that it can be killed. */
public final class ServiceProcess implements AutoCloseable {

    private static final Path LOGS = Path.of("target", "process-logs");

    private final Process process;
    private final Path log;
    private final WebTestClient app;

    private ServiceProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.app = ServiceUnderTest.client(port);
    }

    /** Starts one with these settings, and waits until it answers. */
    public static ServiceProcess start(Map<String, String> settings) {
        try {
            var port = FreePort.next();
            var command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx192m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-jar",
                    Path.of("target", "session-service.jar").toString(),
                    "--server.port=" + port,
                    "--server.address=127.0.0.1",
                    "--management.server.port=0"));
            settings.forEach((name, value) -> command.add("--" + name + "=" + value));
            Files.createDirectories(LOGS);
            var log = Files.createTempFile(LOGS, "session-service-", ".log");
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            var started = new ServiceProcess(process, log, port);
            started.awaitReady();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WebTestClient app() {
        return app;
    }

    /** As kill -9 does. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** What it printed. */
    public String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> !process.isAlive() || log().contains("Started SessionService"));
        if (!process.isAlive()) {
            throw new IllegalStateException("ended, see " + log);
        }
    }
}
