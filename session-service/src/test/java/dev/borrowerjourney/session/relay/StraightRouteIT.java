package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The usual call, past all that it does not need: nobody can tell by the answer. */
class StraightRouteIT extends RelayedCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final MeterRegistry meters;
    private String token = "";

    @Autowired
    StraightRouteIT(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Only a session that was seen is relayed straight. */
    @BeforeEach
    void seeTheSession() {
        token = sessionTokenOf(borrower);
        var seen = path + "/seen";
        PLATFORM.on("GET " + seen, Answer.json(200, "{}"));
        app.get()
                .uri(seen)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk();
    }

    static Stream<Named<Answer>> answers() {
        var internals =
                "{\"data\": {\"bap_id\": 1, \"status\": \"STARTED\", \"list\": [1, \"on_init\"]}, \"error\": null}";
        return Stream.of(
                Named.of("nothing to clean", Answer.json(200, "{\"data\": {\"amount\": 1.00}}")),
                Named.of("internals", Answer.json(200, internals)),
                Named.of(
                        "headers",
                        Answer.json(200, internals)
                                .with("ETag", "\"1\"")
                                .with("Server", "node-7")
                                .with("Set-Cookie", "a=b")
                                .with("X-Internal-Node", "7")
                                .with("Cache-Control", "public")
                                .with("X-Correlation-ID", "theirs")
                                .with("Vary", "Cookie")),
                Named.of("another JSON", Answer.json(200, "[]").with("Content-Type", "application/problem+json")),
                Named.of("a conflict", Answer.json(409, PlatformStandIn.failure("OFFER_LOCKED"))),
                Named.of("nowhere", Answer.json(404, PlatformStandIn.failure("NOT_FOUND"))),
                Named.of(
                        "patience",
                        Answer.json(429, PlatformStandIn.failure("SLOW")).with("Retry-After", "7")),
                Named.of("a failure", Answer.json(500, PlatformStandIn.failure("INTERNAL"))),
                Named.of("no body", Answer.json(200, "")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answersAsTheWholeRouteDoes(Answer answer) {
        PLATFORM.on("GET " + path, answer);

        var straightBefore = straight("answered");
        var straight = call();
        awaitStraight("answered", straightBefore + 1);
        var whole = call("TE", "trailers");

        expectAlike(straight, whole);
        assertThat(straight("answered")).isEqualTo(straightBefore + 1);
        assertThat(PLATFORM.requestsOn(path)).hasSize(2).allSatisfy(request -> {
            assertThat(PLATFORM.tokensOf(borrower)).contains(bearer(request));
            assertThat(request.header("x-of-the-app")).isNull();
        });
        assertThat(PLATFORM.requestsOn(path).stream()
                        .map(StraightRouteIT::sentOn)
                        .distinct())
                .hasSize(1);
    }

    static Stream<Named<Answer>> unusualAnswers() {
        return Stream.of(
                Named.of("HTML", Answer.json(200, "<html>").with("Content-Type", "text/html")),
                Named.of("not JSON", Answer.json(200, "{\"a\": ")),
                Named.of("repeated member", Answer.json(200, "{\"a\": 1, \"a\": 2}")),
                Named.of("encoded", Answer.json(200, "{}").with("Content-Encoding", "gzip")),
                Named.of("too large", Answer.json(200, "\"" + "x".repeat(1024 * 1024) + "\"")),
                Named.of("moved", Answer.json(302, "{}").with("Location", "/elsewhere")));
    }

    @ParameterizedTest
    @MethodSource("unusualAnswers")
    void leavesUnusualAnswersToTheWholeRoute(Answer answer) {
        PLATFORM.on("GET " + path, answer);

        var before = straight("handed_over");
        var straight = call();
        var whole = call("TE", "trailers");

        expectAlike(straight, whole);
        assertThat(straight("handed_over")).isEqualTo(before + 1);
    }

    @Test
    void renewsThePlatformSessionByTheWholeRoute() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        PLATFORM.endSessionsOf(borrower);

        assertThat(call().getStatus().value()).isEqualTo(200);
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    /** The whole route goes on where the straight one failed: two attempts in all. */
    @Test
    void asksAgainOnceWhenTheConnectionBreaks() {
        var calls = new AtomicInteger();
        PLATFORM.on("GET " + path, _ -> calls.incrementAndGet() == 1 ? Answer.cut() : Answer.json(200, "{}"));

        assertThat(call().getStatus().value()).isEqualTo(200);
        assertThat(calls).hasValue(2);
    }

    @Test
    void givesUpTheSecondTime() {
        var calls = new AtomicInteger();
        PLATFORM.on("GET " + path, _ -> {
            calls.incrementAndGet();
            return Answer.cut();
        });

        assertThat(call().getStatus().value()).isEqualTo(502);
        assertThat(calls).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?page=2", "/%61", "/.", "/..", "/;a=1", "/a.b", "//a"})
    void leavesUnusualPathsToTheWholeRoute(String more) {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        var before = straight("answered");

        undescribed()
                .get()
                .uri(URI.create(baseUrl() + path + more))
                .headers(headers -> headers.setBearerAuth(token))
                .header("Accept", "application/json")
                .exchange()
                .expectBody()
                .returnResult();

        assertThat(straight("answered")).isEqualTo(before);
    }

    @Test
    void knowsNoEndedSession() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        assertThat(call().getStatus().value()).isEqualTo(200);

        app.delete()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isNoContent();

        assertThat(call().getStatus().value()).isEqualTo(401);
    }

    @Test
    void keepsTheCorrelationIdOfTheApp() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        var correlationId = UUID.randomUUID().toString();

        assertThat(call("X-Correlation-ID", correlationId).getResponseHeaders().get("X-Correlation-ID"))
                .containsExactly(correlationId);
        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> assertThat(
                        request.header("x-correlation-id"))
                .isEqualTo(correlationId));
        assertThat(call("X-Correlation-ID", "CUST_1").getResponseHeaders().get("X-Correlation-ID"))
                .singleElement()
                .isNotEqualTo("CUST_1");
    }

    /** What the whole route does there is another matter: it knows a fixed port, and tests have none. */
    @Test
    void isNotThereOnTheManagementPort() {
        var before = straight("answered") + straight("handed_over");

        management
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Accept", "application/json")
                .exchange()
                .expectStatus()
                .isNotFound();

        assertThat(straight("answered") + straight("handed_over")).isEqualTo(before);
    }

    private EntityExchangeResult<byte[]> call(String... more) {
        WebTestClient.RequestHeadersSpec<?> request = undescribed()
                .get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Accept", "application/json")
                .header("X-Of-The-App", "1");
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        return request.exchange().expectBody().returnResult();
    }

    private static void expectAlike(EntityExchangeResult<byte[]> straight, EntityExchangeResult<byte[]> whole) {
        assertThat(straight.getStatus()).isEqualTo(whole.getStatus());
        assertThat(told(straight.getResponseHeaders())).isEqualTo(told(whole.getResponseHeaders()));
        if (whole.getStatus().value() != 502) {
            assertThat(straight.getResponseBody()).isEqualTo(whole.getResponseBody());
        }
    }

    /** Without what is of one answer alone. */
    private static HttpHeaders told(HttpHeaders headers) {
        var told = new HttpHeaders();
        headers.forEach((name, values) -> {
            if (!name.equalsIgnoreCase("Date") && !name.equalsIgnoreCase("X-Correlation-ID")) {
                told.put(name, values);
            }
        });
        return told;
    }

    private static Map<String, String> sentOn(PlatformStandIn.Request request) {
        var headers = new TreeMap<>(request.headers());
        headers.keySet().removeAll(Set.of("x-correlation-id"));
        return headers;
    }

    private void awaitStraight(String outcome, double count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(straight(outcome)).isEqualTo(count));
    }

    private double straight(String outcome) {
        return meters.timer("session.relay.straight", "outcome", outcome).count();
    }
}
