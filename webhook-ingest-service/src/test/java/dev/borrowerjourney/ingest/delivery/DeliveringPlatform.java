package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.NOW;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.OTHER_APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.correlation.CorrelationWebFilter;
import dev.borrowerjourney.defaults.problem.ProblemWebExceptionHandler;
import dev.borrowerjourney.defaults.problem.ProblemWriter;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.config.EnableWebFlux;

/** A platform that delivers to the feature over HTTP, and the log in memory behind it. */
abstract class DeliveringPlatform {

    static final String PATH = "/webhooks/journey-snapshots";

    private static final Deadlines DEADLINES = new Deadlines();

    final InMemorySnapshots log = new InMemorySnapshots();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InFlight inFlight = new InFlight(512 * 1024, 4);
    WebTestClient platform = client(Map.of());

    /** Starts the feature anew with these settings below {@code ingest.webhook}. */
    WebTestClient client(Map<String, String> more) {
        var settings = DeliveryFixtures.settings(more);
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var metrics = new DeliveryMetrics(meters, Set.of(APPLICATION, OTHER_APPLICATION), inFlight, clock);
        var keys = Map.of(APPLICATION, DeliveryFixtures.keys(), OTHER_APPLICATION, DeliveryFixtures.otherKeys());
        metrics.live(keys);
        var receiver = new DeliveryReceiver(
                () -> keys,
                new SnapshotReader(settings.webhook().borrowerPointers()),
                new DeliveryRecords(PseudonymKey.of(DeliveryFixtures.PSEUDONYM_KEY)),
                settings.webhook(),
                log,
                DEADLINES,
                metrics);
        var filter = new DeliveryWebFilter(receiver, settings, inFlight, DEADLINES, metrics, clock);
        var context = new AnnotationConfigApplicationContext();
        context.register(Web.class);
        context.registerBean(DeliveryWebFilter.class, () -> filter);
        context.registerBean(CorrelationWebFilter.class, CorrelationWebFilter::new);
        context.registerBean(
                ProblemWebExceptionHandler.class, () -> new ProblemWebExceptionHandler(new ProblemWriter(List.of())));
        context.refresh();
        return WebTestClient.bindToApplicationContext(context)
                .configureClient()
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    ResponseSpec deliver(String body, String secret) {
        return deliver(body, secret, APPLICATION, "evt_1");
    }

    ResponseSpec deliver(String body, String secret, UUID application, String eventId) {
        return deliver(body, TIMESTAMP, sign(secret, TIMESTAMP, body.getBytes(UTF_8)), application, eventId);
    }

    ResponseSpec deliverAt(String timestamp, String body) {
        var eventId = body.contains("evt_2") ? "evt_2" : "evt_1";
        return deliver(body, timestamp, sign(CURRENT, timestamp, body.getBytes(UTF_8)), APPLICATION, eventId);
    }

    ResponseSpec deliver(String body, String timestamp, String signature, UUID application, String eventId) {
        return request(timestamp, signature, application, eventId)
                .bodyValue(body)
                .exchange();
    }

    WebTestClient.RequestBodySpec request(String timestamp, String signature, UUID application, String eventId) {
        return platform.post()
                .uri(PATH)
                .contentType(MediaType.APPLICATION_JSON)
                .header("X-AL-Event-ID", eventId)
                .header("X-AL-Tenant-ID", TENANT.toString())
                .header("X-AL-Application-ID", application.toString())
                .header("X-AL-Webhook-Timestamp", timestamp)
                .header("X-AL-Webhook-Signature", signature);
    }

    void refused(ResponseSpec response, HttpStatus status, String problem) {
        response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:" + problem)
                .jsonPath("$.correlationId")
                .isNotEmpty();
        assertThat(log.published).isEmpty();
    }

    void postponed(ResponseSpec response, HttpStatus status, String problem) {
        response.expectHeader().valueEquals("Retry-After", "5");
        refused(response, status, problem);
    }

    /** The room is given back once the answer is on its way, which may be after it has arrived. */
    void givesBackItsRoom() {
        await().atMost(Duration.ofMinutes(1)).until(() -> inFlight.bytes() + inFlight.requests() == 0);
    }

    double count(String outcome, String reason) {
        return meters.get("ingest.deliveries").tag("outcome", outcome).tag("reason", reason).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @EnableWebFlux
    static class Web {}
}
