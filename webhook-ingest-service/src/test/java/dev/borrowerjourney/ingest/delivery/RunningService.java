package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.CURRENT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.sign;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.ingest.WebhookIngestService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on ports of its own, and a platform that delivers to it. */
final class RunningService implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningService start(Path secrets, String brokers, String registry, String... more) {
        var arguments = Stream.concat(
                Stream.of(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--server.address=127.0.0.1",
                        "--management.server.address=127.0.0.1",
                        "--spring.kafka.bootstrap-servers=" + brokers,
                        "--spring.kafka.properties.schema.registry.url=" + registry,
                        "--ingest.secrets-directory=" + secrets,
                        "--ingest.applications[0].application-id=" + APPLICATION,
                        "--ingest.applications[0].tenant-id=" + TENANT),
                Arrays.stream(more));
        return new RunningService(
                new SpringApplicationBuilder(WebhookIngestService.class).run(arguments.toArray(String[]::new)));
    }

    HttpResponse<String> deliver(String eventId, String body) throws IOException, InterruptedException {
        return http.send(delivery(eventId, body), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> deliverAsync(String eventId, String body) {
        return http.sendAsync(delivery(eventId, body), BodyHandlers.ofString());
    }

    HttpRequest delivery(String eventId, String body) {
        return delivery(webhooks(), eventId, body);
    }

    /** As the platform sends it, signed now. */
    static HttpRequest delivery(URI url, String eventId, String body) {
        var timestamp = Long.toString(Instant.now().getEpochSecond());
        return HttpRequest.newBuilder(url)
                .timeout(Duration.ofMinutes(1))
                .header("Content-Type", "application/json")
                .header("X-AL-Event-ID", eventId)
                .header("X-AL-Tenant-ID", TENANT.toString())
                .header("X-AL-Application-ID", APPLICATION.toString())
                .header("X-AL-Webhook-Timestamp", timestamp)
                .header("X-AL-Webhook-Signature", sign(CURRENT, timestamp, body.getBytes(UTF_8)))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    HttpResponse<String> actuator(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                        + context.getEnvironment().getProperty("local.management.port") + "/actuator" + path))
                .build());
    }

    URI webhooks() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port")
                + "/webhooks/journey-snapshots");
    }

    /** Stops as on SIGTERM. */
    @Override
    public void close() {
        context.close();
    }
}
