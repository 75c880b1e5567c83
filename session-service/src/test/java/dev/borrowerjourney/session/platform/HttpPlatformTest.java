package dev.borrowerjourney.session.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.session.platform.PlatformAnswer.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is sent and read is held against requests and answers of the platform's public documentation. */
class HttpPlatformTest {

    private static final UUID APPLICATION = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID KEY = UUID.fromString("33333333-3333-4333-8333-333333333333");
    private static final String CORRELATION = "44444444-4444-4444-8444-444444444444";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path secrets;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private HttpPlatform platform;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        server.start();
        platform =
                platformAt(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void opensSessionAsDocumented() {
        var golden = golden("open-session");
        var prefill = (ObjectNode) golden.at("/request/body").deepCopy();
        prefill.remove("borrowerExternalID");

        var answer = platform.open(APPLICATION, "CUST_0012", prefill, KEY, CORRELATION);

        assertSent(golden, "Bearer sk_test_key");
        assertThat(answer)
                .isEqualTo(new PlatformAnswer.Answered<>(new PlatformSession(
                        Secret.of("session-token-value"),
                        Secret.of("refresh-token-value"),
                        Instant.parse("2026-03-05T08:30:00Z"),
                        Instant.parse("2026-03-06T08:00:00Z"),
                        new ActiveJourney("jrn_01", "OFFERS_AVAILABLE", "VIEW_OFFERS"))));
        assertThat(answer.toString()).doesNotContain("token-value");
    }

    @Test
    void opensSessionWithoutJourney() {
        var golden = golden("open-session-without-journey");

        var answer = open();

        assertSent(golden, "Bearer sk_test_key");
        assertThat(answer instanceof PlatformAnswer.Answered<PlatformSession>(var session)
                        && session.activeJourney() == null)
                .isTrue();
    }

    /** Its path and shape are assumed, and tell of no journey. */
    @Test
    void refreshesSessionAsAssumed() {
        var golden = golden("refresh-session");

        var answer = platform.refresh(APPLICATION, Secret.of("refresh-token-value"), KEY, CORRELATION);

        assertSent(golden, "Bearer sk_test_key");
        assertThat(answer)
                .isEqualTo(new PlatformAnswer.Answered<>(new PlatformSession(
                        Secret.of("session-token-value-2"),
                        Secret.of("refresh-token-value-2"),
                        Instant.parse("2026-03-05T09:00:00Z"),
                        Instant.parse("2026-03-06T08:30:00Z"),
                        null)));
        assertThat(answer.toString()).doesNotContain("token-value");
    }

    /** The message may name the borrower; the code is what can be told apart. */
    @Test
    void keepsTheCodeOfFailures() {
        var golden = golden("failure");

        var answer = open();

        assertSent(golden, "Bearer sk_test_key");
        assertThat(answer).isEqualTo(new PlatformAnswer.Refused<>(409, "JOURNEY_CONFLICT", null));
    }

    @Test
    void resumesJourney() {
        var golden = golden("resume-journey");

        var answer = platform.resume(Secret.of("session-token-value"), "jrn 01", KEY, CORRELATION);

        assertSent(golden, "Bearer session-token-value");
        assertThat(answer)
                .isEqualTo(new PlatformAnswer.Answered<>(new ActiveJourney("jrn 01", "A_STATUS_OF_TOMORROW", null)));
    }

    @Test
    void readsHowLongToWait() {
        answer(429, "{\"error\": {\"code\": \"RATE_LIMITED\", \"message\": \"\"}}", "3");

        assertThat(open()).isEqualTo(new PlatformAnswer.Refused<>(429, "RATE_LIMITED", Duration.ofSeconds(3)));
    }

    @Test
    void knowsNoCodeInAPageOfErrors() {
        answer(502, "<html>Asha Rao</html>", "soon");

        assertThat(open()).isEqualTo(new PlatformAnswer.Refused<>(502, "UNKNOWN", null));
    }

    @Test
    void tellsUnreadableAnswers() {
        answer(200, "{\"data\": {\"sessionToken\": \"\"}}", "");

        assertThat(open()).isEqualTo(new PlatformAnswer.Unanswered<>(Cause.UNREADABLE));
    }

    @Test
    void asksOnceMoreWhenTheConnectionBreaks() {
        server.createContext("/", exchange -> {
            sent.add(Sent.of(exchange.getRequestMethod(), exchange.getRequestURI(), "", "", "", ""));
            exchange.close();
        });

        assertThat(open()).isEqualTo(new PlatformAnswer.Unanswered<>(Cause.BROKEN));
        assertThat(sent).hasSize(2);
    }

    @Test
    void givesUpInTime() {
        server.createContext("/", exchange -> exchange.sendResponseHeaders(200, 10));

        assertThat(open()).isEqualTo(new PlatformAnswer.Unanswered<>(Cause.TIMEOUT));
    }

    @Test
    void tellsThatNobodyListens() {
        var port = server.getAddress().getPort();
        server.stop(0);
        platform = platformAt(URI.create("http://127.0.0.1:" + port));

        assertThat(open()).isEqualTo(new PlatformAnswer.Unanswered<>(Cause.UNREACHABLE));
    }

    private PlatformAnswer<PlatformSession> open() {
        return platform.open(APPLICATION, "CUST_0012", JSON.createObjectNode(), KEY, CORRELATION);
    }

    private HttpPlatform platformAt(URI url) {
        var application = new PlatformProperties.Application(APPLICATION, UUID.randomUUID(), null);
        return PlatformFixtures.platform(url, application, secrets, "sk_test_key");
    }

    private JsonNode golden(String name) {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/golden/" + name + ".json"))) {
            var golden = JSON.readTree(file);
            answer(
                    golden.at("/answer/status").intValue(),
                    golden.at("/answer/body").toString(),
                    "");
            return golden;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(int status, String body, String retryAfter) {
        server.createContext("/", exchange -> {
            var headers = exchange.getRequestHeaders();
            sent.add(Sent.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    headers.getFirst("Authorization"),
                    headers.getFirst("Idempotency-Key"),
                    headers.getFirst("X-Correlation-ID"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            if (!retryAfter.isEmpty()) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private void assertSent(JsonNode golden, String authorization) {
        assertThat(sent).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo(golden.at("/request/method").stringValue());
            assertThat(request.path()).isEqualTo(golden.at("/request/path").stringValue());
            assertThat(request.authorization()).isEqualTo(authorization);
            assertThat(request.idempotencyKey()).isEqualTo(KEY.toString());
            assertThat(request.correlationId()).isEqualTo(CORRELATION);
            assertThat(request.body().isEmpty() ? JSON.missingNode() : JSON.readTree(request.body()))
                    .isEqualTo(golden.at("/request/body"));
        });
    }

    private record Sent(
            String method,
            String path,
            String authorization,
            String idempotencyKey,
            String correlationId,
            String body) {

        static Sent of(
                String method,
                URI uri,
                String authorization,
                String idempotencyKey,
                String correlationId,
                String body) {
            return new Sent(method, uri.getRawPath(), authorization, idempotencyKey, correlationId, body);
        }
    }
}
