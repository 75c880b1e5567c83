package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A change of a journey, and the three kinds of devices that are told of it. */
class PushInboxIT {

    private static WholeDemo demo;
    private static HttpCalls edge;
    private static HttpCalls inbox;

    @BeforeAll
    static void start() throws IOException {
        demo = WholeDemo.start(
                Path.of("target/push-inbox-it"),
                "edge",
                "push-inbox",
                "session-service",
                "webhook-ingest-service",
                "journey-projector",
                "notifier-service");
        var client = HttpCalls.client();
        edge = new HttpCalls(client, demo.file().urls().edge(), "push-inbox");
        inbox = new HttpCalls(client, demo.file().urls().pushInbox(), "push-inbox");
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void showsWhatEachOfThreeDevicesIsTold() throws Exception {
        var partner = partnerToken();
        for (var device : inbox.send("POST", "/devices", null, empty())) {
            edge.send("PUT", "/v1/devices/" + UUID.randomUUID(), partner, device);
        }

        var session = edge.send("POST", "/v1/sessions", partner, empty());
        var started = edge.send(
                "POST",
                "/api/v1/headless/journeys",
                session.path("sessionToken").asString(),
                empty().put("type", "PERSONAL_LOAN"));

        // An answer that was not understood would have it sent once more after two seconds.
        await().atMost(Duration.ofSeconds(90)).during(Duration.ofSeconds(6)).untilAsserted(() -> assertThat(pushes())
                .extracting(push -> push.path("channel").asString())
                .containsExactlyInAnyOrder("WEB_PUSH", "FCM", "APNS"));
        assertThat(pushes()).allSatisfy(push -> {
            assertThat(push.path("title").asString()).isNotBlank();
            assertThat(push.path("body").asString()).isNotBlank();
            assertThat(push.toString())
                    .doesNotContain(started.at("/data/journeyID").asString());
        });
        assertThat(page()).contains("WEB_PUSH, device", "FCM, device", "APNS, device");
    }

    private static List<JsonNode> pushes() throws IOException, InterruptedException {
        return inbox.get("/pushes", null).valueStream().toList();
    }

    private static String page() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(demo.file().urls().pushInbox() + "/"))
                .build();
        try (var client = HttpCalls.client()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static String partnerToken() throws IOException, InterruptedException {
        var identity = new HttpCalls(HttpCalls.client(), demo.file().identity().tokenUrl(), "push-inbox");
        return identity.send("POST", "", null, empty().put("borrowerExternalId", "borrower-" + UUID.randomUUID()))
                .path("access_token")
                .asString();
    }

    private static ObjectNode empty() {
        return HttpCalls.JSON.createObjectNode();
    }
}
