package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The client that the platform documents, once at the platform itself and once with only the base URL changed: it is told the
 * same, to the names of the members. What it sends is the data of session-service's own test.
 */
class DocumentedClientIT {

    private static final Path STEPS = Path.of("../../session-service/src/test/resources/documented-client.json");
    private static final HttpClient CLIENT = HttpCalls.client();

    private static WholeDemo demo;

    @BeforeAll
    static void start() throws IOException {
        demo = WholeDemo.start(Path.of("target/documented-client-it"), "session-service", "journey-projector");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void isToldTheSameByTheRelayAsByThePlatform() throws Exception {
        var direct = told(demo.file().urls().platform(), platformToken());
        var relayed = told(demo.file().urls().session(), sessionToken());

        assertThat(relayed).isNotEmpty().containsExactlyElementsOf(direct);
    }

    /** Each step with its status and all names in its answer. */
    private static List<String> told(String baseUrl, String token) throws IOException {
        var kept = new HashMap<String, String>();
        var told = new ArrayList<String>();
        for (var step : HttpCalls.JSON.readTree(Files.readString(STEPS))) {
            var answer = awaited(step, request(baseUrl, token, step, kept));
            var body = HttpCalls.JSON.readTree(answer.body());
            assertThat(answer.statusCode() < 300)
                    .as("%s: %s", step.path("name").asString(), answer.body())
                    .isEqualTo(step.path("status").isMissingNode());
            step.path("keep")
                    .properties()
                    .forEach(name -> kept.put(
                            name.getKey(), body.at(name.getValue().asString()).asString()));
            told.add(step.path("name").asString() + " " + answer.statusCode() + " "
                    + body.at("/error/code").asString("") + " " + names(body));
        }
        return told;
    }

    private static HttpResponse<String> awaited(JsonNode step, HttpRequest.Builder request) {
        return await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofSeconds(1))
                .pollDelay(Duration.ZERO)
                .until(
                        () -> CLIENT.send(request.copy().build(), BodyHandlers.ofString()),
                        answer -> step.path("until").propertyStream().allMatch(wanted -> HttpCalls.JSON
                                .readTree(answer.body())
                                .at(wanted.getKey())
                                .equals(wanted.getValue())));
    }

    private static HttpRequest.Builder request(String baseUrl, String token, JsonNode step, Map<String, String> kept) {
        var method = step.path("method").asString();
        var request = HttpRequest.newBuilder(
                        URI.create(baseUrl + filled(step.path("path").asString(), kept)))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-Correlation-ID", UUID.randomUUID().toString());
        return method.equals("GET")
                ? request.GET()
                : request.header("Idempotency-Key", UUID.randomUUID().toString())
                        .method(
                                method,
                                BodyPublishers.ofString(filled(step.path("body").toString(), kept)));
    }

    private static String filled(String template, Map<String, String> kept) {
        var text = template;
        for (var entry : kept.entrySet()) {
            text = text.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return text;
    }

    private static Set<String> names(JsonNode node) {
        var names = new TreeSet<String>();
        node.propertyStream().forEach(member -> {
            names.add(member.getKey());
            names.addAll(names(member.getValue()));
        });
        node.valueStream().filter(item -> !node.isObject()).forEach(item -> names.addAll(names(item)));
        return names;
    }

    private static String platformToken() throws IOException, InterruptedException {
        var platform = new HttpCalls(
                CLIENT, demo.file().urls().platform(), UUID.randomUUID().toString());
        return platform.send(
                        "POST",
                        "/api/v1/headless/sessions",
                        demo.file().platform().apiKey(),
                        HttpCalls.JSON.createObjectNode().put("borrowerExternalID", "direct-" + UUID.randomUUID()))
                .at("/data/sessionToken")
                .asString();
    }

    private static String sessionToken() throws IOException, InterruptedException {
        var borrower = HttpCalls.JSON.createObjectNode().put("borrowerExternalId", "relayed-" + UUID.randomUUID());
        var identity = CLIENT.send(
                HttpRequest.newBuilder(URI.create(demo.file().identity().tokenUrl()))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(borrower.toString()))
                        .build(),
                BodyHandlers.ofString());
        var ours = new HttpCalls(
                CLIENT, demo.file().urls().session(), UUID.randomUUID().toString());
        return ours.send(
                        "POST",
                        "/v1/sessions",
                        HttpCalls.JSON
                                .readTree(identity.body())
                                .path("access_token")
                                .asString(),
                        HttpCalls.JSON.createObjectNode())
                .path("sessionToken")
                .asString();
    }
}
