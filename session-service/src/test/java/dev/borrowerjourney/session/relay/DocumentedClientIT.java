package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client that the platform documents, with only its base URL changed. What it sends is data; the sandbox's tests send the
 * same to the simulated platform, with and without the relay, and compare.
 */
class DocumentedClientIT extends ServiceUnderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, String> kept = new HashMap<>();

    private final Set<String> answered = new HashSet<>();

    /** The paths are the platform's own, which other tests call, too. */
    @AfterEach
    void forget() {
        answered.forEach(
                methodAndPath -> PLATFORM.on(methodAndPath, Answer.json(404, PlatformStandIn.failure("NOT_FOUND"))));
    }

    @Test
    void noticesNoDifference() throws IOException, InterruptedException {
        var token = sessionTokenOf(borrower);
        var ids = new HashMap<String, String>();
        try (var client = HttpClient.newHttpClient()) {
            for (var step : (Iterable<JsonNode>) steps()::iterator) {
                var answer = answerOf(step);
                var methodAndPath = step.path("method").asString() + " " + filled(step.path("path"));
                PLATFORM.on(methodAndPath, answer);
                answered.add(methodAndPath);
                var correlationId = UUID.randomUUID().toString();
                var key = UUID.randomUUID().toString();
                ids.put(correlationId, key);

                var got = client.send(request(step, token, correlationId, key), BodyHandlers.ofString());

                assertThat(got.statusCode()).isEqualTo(answer.status());
                assertThat(got.body()).isEqualTo(answer.body());
                keep(step, got);
            }
        }
        ids.forEach(this::expectSentAsItIs);
    }

    /** Fetch API or HttpURLConnection, the headers are these. */
    private HttpRequest request(JsonNode step, String token, String correlationId, String key) {
        var request = HttpRequest.newBuilder(URI.create(baseUrl() + filled(step.path("path"))))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-Correlation-ID", correlationId);
        if (step.path("method").asString().equals("GET")) {
            return request.GET().build();
        }
        return request.header("Idempotency-Key", key)
                .method(step.path("method").asString(), BodyPublishers.ofString(filled(step.path("body"))))
                .build();
    }

    private void expectSentAsItIs(String correlationId, String key) {
        assertThat(PLATFORM.requests().stream()
                        .filter(request -> correlationId.equals(request.header("x-correlation-id"))))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.header("content-type")).isEqualTo("application/json");
                    assertThat(PLATFORM.tokensOf(borrower)).anyMatch(("" + request.header("authorization"))::endsWith);
                    if (!request.method().equals("GET")) {
                        assertThat(request.header("idempotency-key")).isEqualTo(key);
                        assertThat(JSON.readTree(request.body()).isObject()).isTrue();
                    }
                });
    }

    private static Answer answerOf(JsonNode step) {
        var envelope = JSON.createObjectNode()
                .put("requestID", UUID.randomUUID().toString())
                .putNull("correlationID")
                .put("timestamp", "2026-03-05T16:48:24Z");
        envelope.set("data", step.path("answer").isMissingNode() ? JSON.nullNode() : step.path("answer"));
        envelope.set("error", step.path("error").isMissingNode() ? JSON.nullNode() : step.path("error"));
        return Answer.json(step.path("status").asInt(200), envelope.toString());
    }

    private void keep(JsonNode step, HttpResponse<String> answer) {
        var body = JSON.readTree(answer.body());
        step.path("keep")
                .properties()
                .forEach(name -> kept.put(
                        name.getKey(), body.at(name.getValue().asString()).asString()));
    }

    private String filled(JsonNode template) {
        var text = template.isString() ? template.stringValue() : template.toString();
        for (var entry : kept.entrySet()) {
            text = text.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return text;
    }

    private static Stream<JsonNode> steps() throws IOException {
        try (var file = Objects.requireNonNull(
                DocumentedClientIT.class.getResourceAsStream("/documented-client.json"), "documented-client.json")) {
            return JSON.readTree(new String(file.readAllBytes(), UTF_8)).valueStream();
        }
    }
}
