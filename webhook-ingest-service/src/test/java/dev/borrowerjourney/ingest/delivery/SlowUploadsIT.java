package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever opens many uploads and ends none must not keep the platform out. */
@SuppressWarnings("NullAway.Init") // JUnit and its lifecycle fill them.
class SlowUploadsIT {

    private static final int UPLOADS = 400;
    private static final int ANNOUNCED = 250_000;

    @TempDir
    Path secrets;

    RunningService service;
    final List<RawConnection> uploads = new ArrayList<>();
    final String eventId = "evt_" + UUID.randomUUID();

    @BeforeEach
    void start() throws IOException {
        DeliveryFixtures.writeSecrets(secrets);
        service = RunningService.start(
                secrets,
                TestBroker.shared().bootstrapServers(),
                TestRegistry.shared().url(),
                "--ingest.webhook.in-flight=1MB",
                "--ingest.webhook.body-timeout=60s");
    }

    @AfterEach
    void stop() throws IOException {
        for (var upload : uploads) {
            upload.close();
        }
        service.close();
    }

    @Test
    void takesDeliveryBesideUploadsThatSentNothing() throws IOException, InterruptedException {
        open(RawDelivery.of("").with("Content-Length", "" + ANNOUNCED), "");

        assertThat(service.deliver(eventId, body(eventId, APPLICATION)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void holdsNothingOfUploadsItCannotVerify() throws IOException, InterruptedException {
        open(RawDelivery.of("").with("Content-Length", "" + ANNOUNCED).without("X-AL-Event-ID"), "x".repeat(10_000));

        assertThat(service.deliver(eventId, body(eventId, APPLICATION)).statusCode())
                .isEqualTo(202);
    }

    @Test
    void asksToComeAgainOnceItsRoomIsTaken() throws IOException {
        var large = body(eventId, APPLICATION) + " ".repeat(20_000);
        open(RawDelivery.of("").with("Content-Length", "" + ANNOUNCED), "x".repeat(10_000));

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var answer = service.deliver(eventId, large);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        });

        for (var upload : uploads) {
            upload.close();
        }
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        service.deliver(eventId, body(eventId, APPLICATION)).statusCode())
                .isEqualTo(202));
    }

    private void open(RawDelivery delivery, String begun) throws IOException {
        for (int i = 0; i < UPLOADS; i++) {
            uploads.add(RawConnection.to(service.webhooks()).send(delivery.head() + begun));
        }
    }
}
