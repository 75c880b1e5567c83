package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.FreePort;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first delivery takes that a process gets once it is ready; what the sender's own start costs is left out. */
@Tag("slow")
@SuppressWarnings("NullAway.Init") // JUnit fills it.
class FirstDeliveryIT {

    /** Of the platform, for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Path REPORT = Path.of("target", "first-delivery.txt");

    @TempDir
    Path secrets;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isAnsweredLongBeforeThePlatformGivesUp() throws Exception {
        DeliveryFixtures.writeSecrets(secrets);
        int port = FreePort.next();
        int management = FreePort.next();
        var printed = Files.createTempFile(Path.of("target"), "first-delivery-", ".log");
        var process = process(port, management, printed);
        try {
            var readiness = URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness");
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> http.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding())
                                    .statusCode()
                            == 200);

            // The connection and this client's own classes are not what is measured.
            var url = URI.create("http://127.0.0.1:" + port + "/webhooks/journey-snapshots");
            http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding());
            var times = new ArrayList<Long>();
            for (var delivery = 0; delivery < 5; delivery++) {
                var request = delivery(url);
                var begin = System.nanoTime();
                assertThat(http.send(request, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(202);
                times.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            }
            assertThat(times.getFirst()).isLessThan(PATIENCE.dividedBy(2).toMillis());
            Files.writeString(REPORT, "first deliveries, milliseconds: " + times + System.lineSeparator());
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static HttpRequest delivery(URI url) {
        var eventId = "evt_" + UUID.randomUUID();
        return RunningService.delivery(url, eventId, body(eventId, APPLICATION));
    }

    private Process process(int port, int management, Path printed) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                Path.of("target", "webhook-ingest-service.jar").toString(),
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + management,
                "--spring.kafka.bootstrap-servers=" + TestBroker.shared().bootstrapServers(),
                "--spring.kafka.properties.schema.registry.url="
                        + TestRegistry.shared().url(),
                "--ingest.secrets-directory=" + secrets,
                "--ingest.applications[0].application-id=" + APPLICATION,
                "--ingest.applications[0].tenant-id=" + TENANT);
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }
}
