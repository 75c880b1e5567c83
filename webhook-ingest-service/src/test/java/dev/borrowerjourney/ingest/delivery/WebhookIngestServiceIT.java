package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.schemas.event.JourneySnapshot;
import dev.borrowerjourney.schemas.event.QuarantinedDelivery;
import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit and its lifecycle fill them.
class WebhookIngestServiceIT {

    @TempDir
    static Path secrets;

    static RunningService service;

    final String brokers = TestBroker.shared().bootstrapServers();
    final String registry = TestRegistry.shared().url();
    final LogReader log = new LogReader(brokers, registry);
    final String eventId = "evt_" + UUID.randomUUID();

    @BeforeAll
    static void start() throws IOException {
        DeliveryFixtures.writeSecrets(secrets);
        service = RunningService.start(
                secrets,
                TestBroker.shared().bootstrapServers(),
                TestRegistry.shared().url());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void publishesWhatThePlatformSigned() throws IOException, InterruptedException, GeneralSecurityException {
        var body = body(eventId, APPLICATION);

        var answer = service.deliver(eventId, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        var written = records(TopicCatalogue.JOURNEY_SNAPSHOTS, eventId).getFirst();
        var snapshot = (JourneySnapshot) written.value();
        assertThat(written.key())
                .isEqualTo(snapshot.getBorrowerKey())
                .isEqualTo(PseudonymKey.of(DeliveryFixtures.PSEUDONYM_KEY)
                        .borrowerKey(APPLICATION, "CUST_0012")
                        .value());
        assertThat(EventHeaders.text(written.headers(), EventHeaders.CORRELATION_ID))
                .isEqualTo(answer.headers().firstValue("X-Correlation-ID"));
        assertThat(snapshot.getJourneys().getFirst().getCore().getStatus()).isEqualTo("OFFERS_AVAILABLE");
        var sealed = DeliveryFixtures.seal().open(snapshot.getSealed(), APPLICATION.toString(), eventId);
        assertThat(DeliveryFixtures.bytes(sealed.getBody())).isEqualTo(body.getBytes(UTF_8));
    }

    @Test
    void quarantinesWhatItCannotRead() throws IOException, InterruptedException {
        var answer = service.deliver(eventId, "{\"event_id\":\"" + eventId + "\"}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(records(TopicCatalogue.QUARANTINE, eventId)).singleElement().satisfies(written -> assertThat(
                        ((QuarantinedDelivery) written.value()).getReason())
                .isEqualTo("NO_TENANT"));
        assertThat(records(TopicCatalogue.JOURNEY_SNAPSHOTS, eventId)).isEmpty();
    }

    @Test
    void leavesNoTraceOfWhatIsForged() throws IOException, InterruptedException {
        var signed = service.delivery(eventId, body(eventId, APPLICATION));
        var forged = HttpRequest.newBuilder(signed, (_, _) -> true)
                .POST(BodyPublishers.ofString(body(eventId, APPLICATION).replace("OFFERS_AVAILABLE", "DISBURSED")))
                .build();

        var answer = service.send(forged);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(records(TopicCatalogue.JOURNEY_SNAPSHOTS, eventId)).isEmpty();
        assertThat(records(TopicCatalogue.QUARANTINE, eventId)).isEmpty();
    }

    @Test
    void refusesLargeBodySentInChunks() throws IOException, InterruptedException {
        var large = HttpRequest.newBuilder(service.webhooks())
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[300 * 1024])))
                .build();

        assertThat(service.send(large).statusCode()).isEqualTo(413);
    }

    @Test
    void countsDeliveries() throws IOException, InterruptedException {
        service.deliver(eventId, body(eventId, APPLICATION));

        var metrics = service.actuator("/prometheus").body();

        assertThat(metrics)
                .contains("ingest_deliveries_total{")
                .contains("outcome=\"published\"")
                .contains("ingest_acknowledgement_seconds_bucket")
                .contains("ingest_platform_delay_seconds_count")
                .contains("ingest_in_flight_bytes");
    }

    /** An alert on a series that nobody makes never fires. */
    @Test
    void hasEveryMetricThatAlertsAskFor() throws IOException, InterruptedException {
        service.deliver(eventId, body(eventId, APPLICATION));
        var metrics = service.actuator("/prometheus").body();
        var rules = Files.readString(Path.of("../deploy/alerts/webhook-ingest.yaml"));

        var named = Pattern.compile("\\b(?:ingest|secrets)_[a-z_]+")
                .matcher(rules)
                .results()
                .map(MatchResult::group);

        assertThat(named.distinct().toList()).hasSizeGreaterThan(5).allSatisfy(metric -> assertThat(metrics)
                .containsPattern("(?m)^" + metric + "[{ ]"));
    }

    @Test
    void tellsWhichSecretVerified() throws IOException, InterruptedException {
        service.deliver(eventId, body(eventId, APPLICATION));

        assertThat(service.actuator("/prometheus").body())
                .containsPattern(
                        "ingest_verified_total\\{application=\"" + APPLICATION + "\",secret=\"current\"} [1-9]")
                .containsPattern("ingest_secret_last_used_seconds\\{.*secret=\"current\"} [1-9]")
                .containsPattern("ingest_silence_seconds\\{application=\"" + APPLICATION);
    }

    @Test
    void isReadyWhileTheLogIs() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        service.actuator("/health/readiness").statusCode())
                .isEqualTo(200));
    }

    private List<ConsumerRecord<String, Object>> records(String topic, String eventId) {
        return log.all(topic).stream()
                .filter(written -> id(written).equals(eventId))
                .toList();
    }

    private static String id(ConsumerRecord<String, Object> written) {
        return EventHeaders.text(written.headers(), EventHeaders.ID).orElse("");
    }
}
