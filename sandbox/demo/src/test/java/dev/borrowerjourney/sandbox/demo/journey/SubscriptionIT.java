package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** session-service and the platform as processes: what becomes of a subscription that others change, or that cannot be read. */
class SubscriptionIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String THEIRS = "https://elsewhere.example/";
    private static final List<String> WHO = List.of("--by", "sre-7", "--why", "INC-42 moves the receiver");
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static WholeDemo demo;
    private static String ours;

    @BeforeAll
    static void start() throws IOException {
        demo = WholeDemo.start(Path.of("target/subscription-it"), "session-service", "journey-projector");
        ours = demo.file().urls().ingest() + "/webhooks/journey-snapshots";
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @BeforeEach
    void awaitInStep() {
        awaitHealth(200);
    }

    /** Ready means that webhooks flow, so the platform knows by then where to. */
    @Test
    void subscribesAtTheStart() throws Exception {
        assertThat(target()).isEqualTo(ours);
    }

    @Test
    void takesBackWhatSomebodyElseSubscribed() throws Exception {
        change("\"" + THEIRS + "\"");

        await().atMost(PATIENCE).until(() -> target().equals(ours));
    }

    @Test
    void subscribesAgainAfterSomebodyEndedIt() throws Exception {
        change("null");

        await().atMost(PATIENCE).until(() -> target().equals(ours));
    }

    @Test
    void tellsThatTheKeyIsRefusedAndHealsWithTheNewOne() throws Exception {
        var keyOfPlatform = apiKey("platform");
        var keyOfService = apiKey("session-service");
        var rotated = "sk_test_rotated-and-not-real";
        try {
            OwnFiles.write(keyOfPlatform, rotated + "\n");
            change("null");
            awaitHealth(503);
            assertThat(health()).contains("KEY_REFUSED");
            assertThat(readiness()).isEqualTo(200);

            OwnFiles.write(keyOfService, rotated + "\n");
            awaitHealth(200);
            assertThat(target()).isEqualTo(ours);
        } finally {
            OwnFiles.write(keyOfPlatform, demo.file().platform().apiKey() + "\n");
            OwnFiles.write(keyOfService, demo.file().platform().apiKey() + "\n");
        }
        assertThat(Files.readString(demo.process("session-service").log()))
                .contains("KEY_REFUSED")
                .doesNotContain(rotated, demo.file().platform().apiKey());
    }

    @Test
    void staysReadyWhileThePlatformDoesNotAnswer() throws Exception {
        demo.pause("platform");
        try {
            awaitHealth(503);
            assertThat(health()).contains("UNKNOWN", "TIMEOUT");
            assertThat(readiness()).isEqualTo(200);
        } finally {
            demo.resume("platform");
        }
    }

    @Test
    void showsSubscription() throws Exception {
        var end = command(List.of("subscription", "show", "--json", json().toString()));

        assertThat(end.status()).as(end.errors()).isZero();
        assertThat(end.output()).contains(SandboxSecrets.APPLICATION_ID, "IN_STEP", ours);
        assertThat(shown().path("state").asString()).isEqualTo("IN_STEP");
        assertThat(shown().path("url").asString()).isEqualTo(ours);
        assertThat(end.output() + end.errors())
                .doesNotContain(demo.file().platform().apiKey());
    }

    @Test
    void refusesToUnsubscribeWhatWouldBeSubscribedAgain() throws Exception {
        var end = command(unsubscribe());

        assertThat(end.status()).isEqualTo(1);
        assertThat(end.errors()).contains("session.subscription.repair=false", "--anyway");
        assertThat(target()).isEqualTo(ours);
    }

    @Test
    void unsubscribesAnywayUntilTheNextLook() throws Exception {
        var end = command(unsubscribe("--anyway"));

        assertThat(end.errors()).contains("\"subscription unsubscribe\"", "sre-7", "INC-42", "UNSUBSCRIBED");
        assertThat(end.status()).isZero();
        await().atMost(PATIENCE).until(() -> target().equals(ours));
    }

    private static List<String> unsubscribe(String... more) {
        return Stream.of(List.of("subscription", "unsubscribe"), WHO, List.of(more))
                .flatMap(List::stream)
                .toList();
    }

    private static Path json() {
        return demo.layout().target().resolve("subscription.json");
    }

    private static JsonNode shown() throws IOException {
        return JSON.readTree(Files.readString(json())).at("/items/0");
    }

    private static WholeDemo.Ended command(List<String> words) throws IOException, InterruptedException {
        return demo.command("session-service", words);
    }

    private static Path apiKey(String service) {
        return demo.layout()
                .secrets()
                .resolve(service)
                .resolve("platform")
                .resolve(SandboxSecrets.APPLICATION_ID)
                .resolve("api-key");
    }

    private static void awaitHealth(int status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(get(demo.file().management().session() + "/health/webhooks"))
                        .isEqualTo(status));
    }

    private static int readiness() throws IOException, InterruptedException {
        return get(demo.file().management().session() + "/health/readiness");
    }

    private static String health() throws IOException, InterruptedException {
        return CLIENT.send(
                        request(demo.file().management().session() + "/health/webhooks")
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static int get(String url) throws IOException, InterruptedException {
        return CLIENT.send(request(url).build(), BodyHandlers.ofString()).statusCode();
    }

    private static String target() throws IOException, InterruptedException {
        return JSON.readTree(CLIENT.send(request(admin()).build(), BodyHandlers.ofString())
                        .body())
                .path("url")
                .asString("");
    }

    private static void change(String url) throws IOException, InterruptedException {
        var request = request(admin())
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"url\":" + url + "}"))
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static String admin() {
        return demo.file().urls().platformAdmin() + "/subscriptions/" + SandboxSecrets.APPLICATION_ID;
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    }
}
