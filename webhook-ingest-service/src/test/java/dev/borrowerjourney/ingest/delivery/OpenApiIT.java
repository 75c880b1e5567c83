package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.body;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request.Method;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The document says what the service does: every request and every answer here is checked against it. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
class OpenApiIT {

    private static final String PATH = "/webhooks/journey-snapshots";
    private static final Path DOCUMENT = Path.of("src/main/openapi/webhook-ingest-service.yaml");
    private static final Pattern TYPE = Pattern.compile("urn:borrower-journey:problem:([a-z-]+)");

    @TempDir
    Path secrets;

    final OpenApiInteractionValidator document = OpenApiInteractionValidator.createForInlineApiSpecification(
                    read(DOCUMENT))
            // The schemas are open, and parts of an allOf know each other's members only so.
            .withLevelResolver(LevelResolver.create()
                    .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                    .build())
            .build();
    final Set<String> seen = new TreeSet<>();
    final String body = body("evt_" + UUID.randomUUID(), APPLICATION);

    @Test
    void describesEveryAnswer() throws IOException, InterruptedException {
        DeliveryFixtures.writeSecrets(secrets);
        var registry = TestRegistry.shared().url();
        try (var service = RunningService.start(secrets, TestBroker.shared().bootstrapServers(), registry)) {
            takes(service);
            refuses(service);
        }
        try (var strict = RunningService.start(
                secrets,
                "127.0.0.1:1",
                registry,
                "--ingest.webhook.freshness=enforce",
                "--ingest.webhook.refuse-header-disagreement=true",
                "--ingest.webhook.in-flight=256KB")) {
            refusesBySetting(strict);
            postpones(strict);
        }

        assertThat(seen).isEqualTo(typesOfTheReadme());
        assertThat(TYPE.matcher(read(DOCUMENT)).results().map(type -> type.group(1)))
                .containsAll(seen);
    }

    /** A check that lets everything pass would pass as well. */
    @Test
    void refusesAnswersThatAreNotDescribed() {
        var teapot = SimpleResponse.Builder.status(418).build();
        var wrongType = SimpleResponse.Builder.status(401)
                .withContentType("application/problem+json")
                .withHeader("X-Correlation-ID", "a")
                .withBody("""
                        {"type":"urn:borrower-journey:problem:too-busy","title":"a","status":401,"detail":"a","instance":"a",
                         "correlationId":"a"}""")
                .build();

        assertThat(document.validateResponse(PATH, Method.POST, teapot).hasErrors())
                .isTrue();
        assertThat(document.validateResponse(PATH, Method.POST, wrongType).hasErrors())
                .isTrue();
    }

    private void takes(RunningService service) throws IOException, InterruptedException {
        var second = new String(DeliveryFixtures.resource("golden/journey-snapshot-second-generation.json"), UTF_8);
        for (var delivered : new String[] {body, second}) {
            var request = service.delivery("evt_1", delivered);
            described(request, delivered, service.send(request), 202);
        }
        described(service.send(service.delivery("evt_1", "not json")), 202);
    }

    private void refuses(RunningService service) throws IOException, InterruptedException {
        var delivery = service.delivery("evt_1", body);
        described(service.send(without(delivery, "X-AL-Event-ID", body)), 400);
        described(service.send(forged(delivery)), 401);
        described(
                service.send(
                        HttpRequest.newBuilder(delivery, (_, _) -> true).GET().build()),
                405);
        described(service.send(elsewhere(service, delivery)), 404);
        described(service.send(without(delivery, "Content-Type", body)), 415);
        described(service.send(service.delivery("evt_1", "x".repeat(256 * 1024 + 1))), 413);
    }

    private void refusesBySetting(RunningService service) throws IOException, InterruptedException {
        described(service.send(service.delivery("evt_2", body)), 401);
        try (var platform = RawConnection.to(service.webhooks())) {
            var eventId = body.replaceAll("(?s).*\"event_id\":\"([^\"]*).*", "$1");
            var late = RawDelivery.of(body).with("X-AL-Event-ID", eventId).bytes();
            described(platform.send(late).answer(), 401);
        }
    }

    private void postpones(RunningService service) throws IOException, InterruptedException {
        var eventId = body.replaceAll("(?s).*\"event_id\":\"([^\"]*).*", "$1");
        described(service.send(service.delivery(eventId, body)), 503);
        try (var upload = RawConnection.to(service.webhooks())) {
            upload.send(RawDelivery.of("").with("Content-Length", "262144").head() + "x".repeat(262_143));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> service.actuator("/prometheus").body().contains("ingest_in_flight_bytes 262144.0"));
            described(service.send(service.delivery(eventId, body)), 429);
            described(upload.answer(), 408);
        }
    }

    private static HttpRequest without(HttpRequest request, String header, String body) {
        return HttpRequest.newBuilder(request, (name, _) -> !name.equalsIgnoreCase(header))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest forged(HttpRequest delivery) {
        return HttpRequest.newBuilder(delivery, (_, _) -> true)
                .POST(BodyPublishers.ofString(body + " "))
                .build();
    }

    private static HttpRequest elsewhere(RunningService service, HttpRequest delivery) {
        return HttpRequest.newBuilder(delivery, (_, _) -> true)
                .uri(URI.create(service.webhooks() + "/none"))
                .build();
    }

    private void described(HttpRequest request, String sent, HttpResponse<String> answer, int status) {
        var simple = new SimpleRequest.Builder("POST", PATH).withBody(sent);
        request.headers().map().forEach(simple::withHeader);
        assertThat(messages(document.validateRequest(simple.build()))).isEmpty();
        described(answer, status);
    }

    private void described(HttpResponse<String> answer, int status) {
        var simple = SimpleResponse.Builder.status(answer.statusCode()).withBody(answer.body());
        answer.headers().map().forEach(simple::withHeader);
        described(simple.build(), answer.statusCode(), answer.body(), status);
    }

    private void described(String raw, int status) {
        var parts = raw.split("\r\n\r\n", 2);
        var lines = parts[0].split("\r\n", -1);
        int answered = Integer.parseInt(lines[0].substring(9, 12));
        var simple = SimpleResponse.Builder.status(answered).withBody(parts[1]);
        for (int i = 1; i < lines.length; i++) {
            var header = lines[i].split(": *", 2);
            simple.withHeader(header[0], header[1]);
        }
        described(simple.build(), answered, parts[1], status);
    }

    private void described(SimpleResponse response, int answered, String answer, int status) {
        assertThat(answered).as(answer).isEqualTo(status);
        assertThat(messages(document.validateResponse(PATH, Method.POST, response)))
                .as("%s %s", answered, answer)
                .isEmpty();
        TYPE.matcher(answer).results().forEach(type -> seen.add(type.group(1)));
    }

    private static String messages(ValidationReport report) {
        return report.hasErrors() ? report.getMessages().toString() : "";
    }

    /** The first column of the table of problems. */
    private static Set<String> typesOfTheReadme() {
        var table = read(Path.of("README.md")).split("### Problems", 2)[1].split("###", 2)[0];
        return table.lines()
                .filter(line -> line.startsWith("| `") && !line.contains("urn:"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(
                        column -> Pattern.compile("`([a-z-]+)`").matcher(column).results())
                .map(name -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
