package dev.borrowerjourney.sandbox.demo.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Two devices of a borrower against a platform that may or may not end older sessions at a new login: nobody documents which. */
class OlderSessionsIT {

    private static final DescribedClient CLIENT = new DescribedClient();
    private static final HttpClient AT_THE_PLATFORM = HttpCalls.client();
    private static final String HEADLESS = "/api/v1/headless";
    private static final int ROUNDS = 4;
    private static final int CALLS = 6;

    private static WholeDemo demo;
    private static Process direct;
    private static String directUrl;

    /** The demo's own service is the vaulted one; the other keeps to the same database. */
    @BeforeAll
    static void start() throws IOException {
        demo = WholeDemo.start(Path.of("target/older-sessions-it"), "session-service", "journey-projector");
        int port = FreePort.next();
        directUrl = "http://127.0.0.1:" + port;
        direct = demo.another(
                "session-service",
                List.of(
                        "--server.port=" + port,
                        "--management.server.port=0",
                        "--session.tokens.custody=direct",
                        "--session.tokens.renewal=refresh-endpoint"));
        await().atMost(Duration.ofMinutes(2)).until(() -> answers(directUrl));
    }

    @AfterAll
    static void stop() {
        direct.destroyForcibly();
        demo.close();
    }

    @ParameterizedTest
    @CsvSource({"vaulted, true", "vaulted, false", "direct, true", "direct, false"})
    void keepsBothDevicesGoing(String custody, boolean endOlderSession) throws Exception {
        var admin = new HttpCalls(CLIENT, demo.file().urls().platformAdmin(), "older-sessions");
        admin.send(
                "PATCH", "/switches", null, HttpCalls.JSON.createObjectNode().put("endOlderSession", endOlderSession));
        var borrower = "borrower-" + UUID.randomUUID();
        var service = new HttpCalls(
                CLIENT,
                custody.equals("direct") ? directUrl : demo.file().urls().session(),
                borrower);
        var phone = session(service, borrower);
        var tablet = session(service, borrower);

        for (int round = 0; round < ROUNDS; round++) {
            var elsewhere = loginElsewhere(borrower);
            assertThat(statusOfPlatform(elsewhere)).isEqualTo(200);
            loginElsewhere(borrower);
            assertThat(statusOfPlatform(elsewhere)).isEqualTo(endOlderSession ? 401 : 200);

            callAtOnce(service, phone, tablet);
        }

        service.send("POST", "/v1/sessions/" + phone.id() + "/refresh", partnerToken(borrower), nothing());
        callAtOnce(service, tablet);
    }

    /** None of these may fail: the client refuses what is no success. */
    private static void callAtOnce(HttpCalls service, Device... devices) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = Stream.of(devices)
                    .flatMap(device -> IntStream.range(0, CALLS).mapToObj(_ ->
                            (Callable<Object>) () -> service.get(HEADLESS + "/journeys", device.token())))
                    .toList();
            for (var call : executor.invokeAll(calls)) {
                call.get();
            }
        }
    }

    private static Device session(HttpCalls service, String borrower) throws IOException, InterruptedException {
        var session = service.send("POST", "/v1/sessions", partnerToken(borrower), nothing());
        return new Device(
                session.path("sessionId").asString(),
                session.path("sessionToken").asString());
    }

    /** A login that does not go through this project, such as at the platform's own page. */
    private static String loginElsewhere(String borrower) throws IOException, InterruptedException {
        return new HttpCalls(AT_THE_PLATFORM, demo.file().urls().platform(), borrower)
                .send(
                        "POST",
                        HEADLESS + "/sessions",
                        demo.file().platform().apiKey(),
                        HttpCalls.JSON.createObjectNode().put("borrowerExternalID", borrower))
                .at("/data/sessionToken")
                .asString();
    }

    private static int statusOfPlatform(String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(demo.file().urls().platform() + HEADLESS + "/journeys"))
                .header("Authorization", "Bearer " + token)
                .build();
        return AT_THE_PLATFORM.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static String partnerToken(String borrower) throws IOException, InterruptedException {
        return new HttpCalls(CLIENT, demo.file().identity().tokenUrl(), borrower)
                .send("POST", "", null, HttpCalls.JSON.createObjectNode().put("borrowerExternalId", borrower))
                .path("access_token")
                .asString();
    }

    private static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static boolean answers(String url) throws InterruptedException {
        try {
            var request =
                    HttpRequest.newBuilder(URI.create(url + "/v1/sessions")).build();
            return CLIENT.send(request, BodyHandlers.ofString()).statusCode() == 401;
        } catch (IOException _) {
            return false;
        }
    }

    private record Device(String id, String token) {}
}
