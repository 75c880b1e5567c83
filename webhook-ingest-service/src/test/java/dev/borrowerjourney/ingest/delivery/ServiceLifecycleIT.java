package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.schemas.header.EventHeaders;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a service of its own: stopping one takes Netty's threads from all others in this JVM. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
class ServiceLifecycleIT {

    @TempDir
    Path secrets;

    final String brokers = TestBroker.shared().bootstrapServers();
    final String registry = TestRegistry.shared().url();
    final LogReader log = new LogReader(brokers, registry);
    final String eventId = "evt_" + UUID.randomUUID();

    @BeforeEach
    void mountSecrets() throws IOException {
        DeliveryFixtures.writeSecrets(secrets);
    }

    @Test
    void refusesMisspeltSetting() {
        assertThatThrownBy(() -> RunningService.start(secrets, brokers, registry, "--ingest.webhook.dedline=9s"))
                .hasStackTraceContaining("dedline");
    }

    /** Whoever was told 202 never sends again. */
    @Test
    void finishesWhatItAcceptedWhenStopped() throws InterruptedException, ExecutionException {
        var stopping = RunningService.start(secrets, brokers, registry);
        var answers = new HashMap<String, CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 200; i++) {
            var id = eventId + "_" + i;
            answers.put(id, stopping.deliverAsync(id, body(id, APPLICATION)));
        }
        CompletableFuture.anyOf(answers.values().toArray(CompletableFuture[]::new))
                .get();
        stopping.close();

        var acknowledged = new ArrayList<String>();
        for (var answer : answers.entrySet()) {
            if (answer.getValue()
                    .handle((response, _) -> response != null && response.statusCode() == 202)
                    .get()) {
                acknowledged.add(answer.getKey());
            }
        }
        assertThat(acknowledged).isNotEmpty();
        assertThat(log.all(TopicCatalogue.JOURNEY_SNAPSHOTS))
                .extracting(written -> id(written))
                .containsAll(acknowledged);
    }

    /** The first delivery would wait for the producer's connections otherwise. */
    @Test
    void connectsItsProducerBeforeItIsReady() throws IOException, InterruptedException {
        try (var fresh = RunningService.start(secrets, brokers, registry)) {
            readiness(fresh, 200, "UP");

            assertThat(fresh.actuator("/prometheus").body())
                    .containsPattern("(?m)^kafka_producer_connection_count\\{.*} [1-9]");
        }
    }

    /** The first record needs the registry; nothing is unreadable only because it is away. */
    @Test
    void asksToComeAgainWhileTheRegistryIsAway() throws IOException, InterruptedException {
        try (var lonely = RunningService.start(secrets, brokers, "http://127.0.0.1:1/apis/ccompat/v7")) {
            var answer = lonely.deliver(eventId, body(eventId, APPLICATION));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("5");
            assertThat(log.all(TopicCatalogue.QUARANTINE))
                    .extracting(written -> id(written))
                    .doesNotContain(eventId);
            assertThat(lonely.actuator("/health/readiness").body()).contains("registry");
            assertThat(lonely.actuator("/health/liveness").statusCode()).isEqualTo(200);
        }
    }

    /** Schemas come to a registry by their own command, in its order and under its checks of compatibility. */
    @Test
    void neverRegistersSchema() throws IOException, InterruptedException {
        try (var empty = new EmptyRegistry();
                var lonely = RunningService.start(secrets, brokers, empty.url())) {
            var answer = lonely.deliver(eventId, body(eventId, APPLICATION));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(empty.requests()).isNotEmpty().allSatisfy(request -> assertThat(request)
                    .startsWith("POST /subjects/")
                    .doesNotEndWith("/versions"));
        }
    }

    @Test
    void isNotReadyAndPostponesWhileTopicOrBrokerIsMissing() throws Exception {
        // Not in a try of its own, because the test itself closes it; the JVM's end does otherwise.
        var broker = TestBroker.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.deleteTopics(List.of(TopicCatalogue.QUARANTINE)).all().get();
            try (var lonely = RunningService.start(secrets, broker.bootstrapServers(), registry)) {
                readiness(lonely, 503, TopicCatalogue.QUARANTINE);

                var missing = new NewTopic(TopicCatalogue.QUARANTINE, 3, (short) 1);
                admin.createTopics(List.of(missing)).all().get();
                readiness(lonely, 200, "UP");
                assertThat(lonely.deliver(eventId, body(eventId, APPLICATION)).statusCode())
                        .isEqualTo(202);

                broker.close();
                postpones(lonely);
                readiness(lonely, 503, "broker");
                assertThat(lonely.actuator("/health/liveness").statusCode()).isEqualTo(200);
            }
        }
    }

    private void postpones(RunningService service) throws IOException, InterruptedException {
        var asked = System.nanoTime();
        var answer = service.deliver(eventId, body(eventId, APPLICATION));

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(20));
    }

    private static void readiness(RunningService service, int status, String told) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var readiness = service.actuator("/health/readiness");
            assertThat(readiness.body()).contains(told);
            assertThat(readiness.statusCode()).isEqualTo(status);
        });
    }

    private static String id(ConsumerRecord<String, Object> written) {
        return EventHeaders.text(written.headers(), EventHeaders.ID).orElse("");
    }
}
