package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import dev.borrowerjourney.sandbox.demo.start.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Tells the platform where its webhooks go, once both ends are there. */
final class HttpSubscription {

    static final String PART = "webhook-subscription";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Ports ports;
    private final SandboxSecrets secrets;

    HttpSubscription(Ports ports, SandboxSecrets secrets) {
        this.ports = ports;
        this.secrets = secrets;
    }

    List<Part> parts() {
        return List.of(new Part.Task(PART, List.of(Services.PLATFORM, Services.INGEST), _ -> subscribe()));
    }

    private void subscribe() throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("url", ports.url(Port.INGEST) + "/webhooks/journey-snapshots");
        var request = HttpRequest.newBuilder(URI.create(ports.url(Port.PLATFORM) + "/api/tenants/"
                        + SandboxSecrets.TENANT_ID + "/applications/" + SandboxSecrets.APPLICATION_ID
                        + "/webhooks/subscribe"))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + secrets.apiKey())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the platform answers " + answer.statusCode() + " " + answer.body());
            }
        }
    }
}
