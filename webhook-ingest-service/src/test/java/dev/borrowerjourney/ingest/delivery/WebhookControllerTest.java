package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.NOW;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.OTHER;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.OTHER_APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.PREVIOUS;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TIMESTAMP;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.correlation.CorrelationWebFilter;
import dev.borrowerjourney.defaults.problem.ProblemWebExceptionHandler;
import dev.borrowerjourney.defaults.problem.ProblemWriter;
import dev.borrowerjourney.ingest.delivery.FreshnessRule.Mode;
import dev.borrowerjourney.ingest.snapshot.SnapshotReader;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.config.EnableWebFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class WebhookControllerTest {

    static final String PATH = "/webhooks/journey-snapshots";

    final InMemorySnapshots log = new InMemorySnapshots();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final InFlightBytes inFlight = new InFlightBytes(512 * 1024);
    WebTestClient platform = client(Mode.REPORT, false);

    @Test
    void publishesAuthenticSnapshot() throws GeneralSecurityException {
        var body = body("evt_1", APPLICATION);

        deliver(body, CURRENT).expectStatus().isAccepted().expectBody().isEmpty();

        var snapshot = log.published.getFirst();
        assertThat(snapshot.getEventId()).isEqualTo("evt_1");
        assertThat(snapshot.getTenantId()).isEqualTo(TENANT.toString());
        assertThat(snapshot.getApplicationId()).isEqualTo(APPLICATION.toString());
        assertThat(snapshot.getBorrowerKey())
                .isEqualTo(PseudonymKey.of(DeliveryFixtures.PSEUDONYM_KEY)
                        .borrowerKey(APPLICATION, "CUST_0012")
                        .value());
        assertThat(snapshot.getSequence()).isEqualTo(7);
        assertThat(snapshot.getSecretId()).isEqualTo("current");
        assertThat(snapshot.getSignedAt()).isEqualTo(NOW);
        assertThat(snapshot.getReceivedAt()).isEqualTo(NOW);
        assertThat(snapshot.getLate()).isFalse();
        var sealed = DeliveryFixtures.seal().open(snapshot.getSealed(), APPLICATION.toString(), "evt_1");
        assertThat(DeliveryFixtures.bytes(sealed.getBody())).isEqualTo(body.getBytes(UTF_8));
        assertThat(sealed.getTimestamp()).isEqualTo(TIMESTAMP);
        assertThat(sealed.getSignature()).isEqualTo(sign(CURRENT, TIMESTAMP, body.getBytes(UTF_8)));
        assertThat(sealed.getBorrowerExternalId()).isEqualTo("CUST_0012");
    }

    /** Analysts and operators read the record without the keyset. */
    @Test
    void leavesNothingPersonalOutsideTheSealedPart() {
        deliver(body("evt_1", APPLICATION), CURRENT).expectStatus().isAccepted();

        assertThat(log.published.getFirst().toString()).doesNotContain("CUST_0012");
    }

    /** Deliveries signed before a rotation may still be on their way, or be retried, after it. */
    @Test
    void publishesSnapshotSignedWithPreviousSecret() {
        deliver(body("evt_1", APPLICATION), PREVIOUS).expectStatus().isAccepted();

        assertThat(log.published.getFirst().getSecretId()).isEqualTo("previous");
    }

    @Test
    void refusesSnapshotSignedWithUnknownSecret() {
        refused(
                deliver(body("evt_1", APPLICATION), "whsec_unknown_0123456789"),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");

        assertThat(count("refused", "FORGED")).isEqualTo(1);
    }

    @Test
    void refusesUnknownApplicationWithTheSameWords() {
        var forged = deliver(body("evt_1", APPLICATION), OTHER);
        var unknown = deliver(
                body("evt_1", APPLICATION), CURRENT, UUID.fromString("00000000-0000-4000-8000-000000000000"), "evt_1");

        assertThat(detail(unknown)).isEqualTo(detail(forged));
        assertThat(meters.get("ingest.deliveries")
                        .tag("reason", "UNKNOWN_APPLICATION")
                        .tag("application", "unknown")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** Whoever holds one application's secret must not speak for another one. */
    @Test
    void refusesBodyOfAnotherApplication() {
        refused(
                deliver(body("evt_1", APPLICATION), OTHER, OTHER_APPLICATION, "evt_1"),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");

        assertThat(count("refused", "FOREIGN_BODY")).isEqualTo(1);
    }

    @Test
    void refusesUnreadableBodyOfAnotherApplication() {
        refused(
                deliver("{\"application_id\":\"" + OTHER_APPLICATION + "\",\"x\"", CURRENT),
                HttpStatus.UNAUTHORIZED,
                "not-authentic");

        assertThat(log.quarantined).isEmpty();
    }

    @Test
    void countsHeadersThatDisagree() {
        deliver(body("evt_1", APPLICATION), CURRENT, APPLICATION, "evt_2")
                .expectStatus()
                .isAccepted();

        assertThat(log.published.getFirst().getEventId()).isEqualTo("evt_1");
        assertThat(meters.get("ingest.header-disagreements")
                        .tag("header", "X-AL-Event-ID")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusesHeadersThatDisagreeBySetting() {
        platform = client(Mode.REPORT, true);

        refused(
                deliver(body("evt_1", APPLICATION), CURRENT, APPLICATION, "evt_2"),
                HttpStatus.UNAUTHORIZED,
                "headers-disagree");
    }

    @Test
    void marksLateDelivery() {
        deliverAt("1772729300", body("evt_1", APPLICATION)).expectStatus().isAccepted();
        deliverAt("1772728000", body("evt_2", APPLICATION)).expectStatus().isAccepted();

        assertThat(log.published).extracting(snapshot -> snapshot.getLate()).containsExactly(false, true);
        assertThat(meters.get("ingest.untimely")
                        .tag("freshness", "LATE")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusesLateDeliveryIfEnforced() {
        platform = client(Mode.ENFORCE, false);

        refused(deliverAt("1772728000", body("evt_1", APPLICATION)), HttpStatus.UNAUTHORIZED, "not-fresh");
    }

    @Test
    void acceptsTimestampOfUnknownShape() {
        deliverAt("Thu-05-Mar-2026", body("evt_1", APPLICATION)).expectStatus().isAccepted();

        assertThat(log.published.getFirst().getSignedAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "{\"event_id\":\"evt_1\"}"})
    void quarantinesAuthenticBodyItCannotRead(String body) throws GeneralSecurityException {
        deliver(body, CURRENT).expectStatus().isAccepted();

        assertThat(log.published).isEmpty();
        var kept = log.quarantined.getFirst();
        assertThat(kept.getSecretId()).isEqualTo("current");
        var opened = DeliveryFixtures.seal().open(kept.getSealed(), APPLICATION.toString(), kept.getEventId());
        assertThat(DeliveryFixtures.bytes(opened.getBody())).isEqualTo(body.getBytes(UTF_8));
    }

    /** A redelivery must not fill the quarantine with other ids. */
    @Test
    void givesBodyWithoutEventIdTheSameIdAgain() {
        deliver("not json", CURRENT).expectStatus().isAccepted();
        deliver("not json", CURRENT).expectStatus().isAccepted();

        assertThat(log.quarantined)
                .extracting(kept -> kept.getEventId())
                .hasSize(2)
                .containsOnly(log.quarantined.getFirst().getEventId());
    }

    @Test
    void refusesMissingHeaders() {
        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("{}")
                        .exchange(),
                HttpStatus.BAD_REQUEST,
                "malformed-headers");
    }

    @Test
    void refusesOtherPathsMethodsAndContentTypesFirst() {
        platform.get().uri(PATH).exchange().expectStatus().isEqualTo(405);
        platform.post().uri("/webhooks").exchange().expectStatus().isNotFound();
        platform.post()
                .uri(PATH)
                .contentType(MediaType.TEXT_PLAIN)
                .bodyValue("{}")
                .exchange()
                .expectStatus()
                .isEqualTo(415);
    }

    @Test
    void refusesLargeBodyBeforeLookingAtHeaders() {
        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue("x".repeat(256 * 1024 + 1))
                        .exchange(),
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large");
    }

    @Test
    void refusesLargeBodySentInChunks() {
        var chunk = "x".repeat(16 * 1024).getBytes(UTF_8);
        Flux<DataBuffer> chunks = Flux.range(0, 17).map(_ -> DefaultDataBufferFactory.sharedInstance.wrap(chunk));

        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(chunks, DataBuffer.class)
                        .exchange(),
                HttpStatus.CONTENT_TOO_LARGE,
                "body-too-large");
        givesBackItsRoom();
    }

    @Test
    void refusesBodyThatDoesNotArrive() {
        refused(
                platform.post()
                        .uri(PATH)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Flux.never(), DataBuffer.class)
                        .exchange(),
                HttpStatus.REQUEST_TIMEOUT,
                "body-too-slow");
        givesBackItsRoom();
    }

    @Test
    void asksToComeAgainWhenThereIsNoRoom() {
        assertThat(inFlight.reserve(512 * 1024)).isTrue();

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.TOO_MANY_REQUESTS, "too-busy");

        inFlight.release(512 * 1024);
        deliver(body("evt_1", APPLICATION), CURRENT).expectStatus().isAccepted();
        givesBackItsRoom();
    }

    @Test
    void asksToComeAgainWhenTheLogFails() {
        log.acknowledgement = Mono.error(new IllegalStateException("no broker"));

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.SERVICE_UNAVAILABLE, "log-unavailable");
        postponed(deliver("not json", CURRENT), HttpStatus.SERVICE_UNAVAILABLE, "log-unavailable");
    }

    @Test
    void asksToComeAgainWhenTheLogIsSlow() {
        log.acknowledgement = Mono.never();

        postponed(deliver(body("evt_1", APPLICATION), CURRENT), HttpStatus.SERVICE_UNAVAILABLE, "log-unavailable");
        assertThat(count("postponed", "LOG_TOO_SLOW")).isEqualTo(1);
        givesBackItsRoom();
    }

    /** The room is given back once the answer is on its way, which may be after it has arrived. */
    private void givesBackItsRoom() {
        await().atMost(Duration.ofMinutes(1)).until(inFlight::current, room -> room == 0);
    }

    private WebTestClient client(Mode freshness, boolean refuseHeaderDisagreement) {
        var webhook = new IngestProperties.Webhook(
                DataSize.ofKilobytes(256),
                DataSize.ofKilobytes(512),
                Duration.ofMillis(300),
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                freshness,
                Duration.ofMinutes(5),
                refuseHeaderDisagreement,
                List.of("/borrower/borrowerExternalID"));
        var settings = new IngestProperties(
                List.of(new IngestProperties.Application(APPLICATION, TENANT)), Path.of("unused"), webhook);
        var metrics = new DeliveryMetrics(meters, Set.of(APPLICATION, OTHER_APPLICATION), inFlight);
        var keys = Map.of(APPLICATION, DeliveryFixtures.keys(), OTHER_APPLICATION, DeliveryFixtures.otherKeys());
        var receiver = new DeliveryReceiver(
                () -> keys,
                new SnapshotReader(webhook.borrowerPointers()),
                new DeliveryRecords(PseudonymKey.of(DeliveryFixtures.PSEUDONYM_KEY)),
                webhook,
                log,
                metrics,
                Schedulers.boundedElastic());
        var controller = new WebhookController(receiver, settings, inFlight, metrics, Clock.fixed(NOW, ZoneOffset.UTC));
        var context = new AnnotationConfigApplicationContext();
        context.register(Web.class);
        context.registerBean(WebhookController.class, () -> controller);
        context.registerBean(CorrelationWebFilter.class, CorrelationWebFilter::new);
        context.registerBean(
                ProblemWebExceptionHandler.class, () -> new ProblemWebExceptionHandler(new ProblemWriter(List.of())));
        context.refresh();
        return WebTestClient.bindToApplicationContext(context)
                .configureClient()
                .responseTimeout(Duration.ofMinutes(1))
                .build();
    }

    private ResponseSpec deliver(String body, String secret) {
        return deliver(body, secret, APPLICATION, "evt_1");
    }

    private ResponseSpec deliver(String body, String secret, UUID application, String eventId) {
        return deliver(body, TIMESTAMP, sign(secret, TIMESTAMP, body.getBytes(UTF_8)), application, eventId);
    }

    private ResponseSpec deliverAt(String timestamp, String body) {
        var eventId = body.contains("evt_2") ? "evt_2" : "evt_1";
        return deliver(body, timestamp, sign(CURRENT, timestamp, body.getBytes(UTF_8)), APPLICATION, eventId);
    }

    private ResponseSpec deliver(String body, String timestamp, String signature, UUID application, String eventId) {
        return platform.post()
                .uri(PATH)
                .contentType(MediaType.APPLICATION_JSON)
                .header("X-AL-Event-ID", eventId)
                .header("X-AL-Tenant-ID", TENANT.toString())
                .header("X-AL-Application-ID", application.toString())
                .header("X-AL-Webhook-Timestamp", timestamp)
                .header("X-AL-Webhook-Signature", signature)
                .bodyValue(body)
                .exchange();
    }

    private void refused(ResponseSpec response, HttpStatus status, String problem) {
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

    private void postponed(ResponseSpec response, HttpStatus status, String problem) {
        response.expectHeader().valueEquals("Retry-After", "5");
        refused(response, status, problem);
    }

    private static String detail(ResponseSpec response) {
        var problem = Objects.requireNonNull(response.expectStatus()
                .isUnauthorized()
                .expectBody(Map.class)
                .returnResult()
                .getResponseBody());
        return String.valueOf(problem.get("detail"));
    }

    private double count(String outcome, String reason) {
        return meters.get("ingest.deliveries")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .counter()
                .count();
    }

    @EnableWebFlux
    static class Web {}
}
