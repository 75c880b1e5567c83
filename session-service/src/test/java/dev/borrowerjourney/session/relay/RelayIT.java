package dev.borrowerjourney.session.relay;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

class RelayIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    @Test
    void exchangesTheTokenAndNothingElseOfTheAnswer() {
        var body = "{\"data\": {\"amount\": 100000.00, \"emi\": 1e3},   \"error\": null}";
        PLATFORM.on("GET " + path, Answer.json(200, body).with("ETag", "\"1\""));
        var correlationId = UUID.randomUUID().toString();

        app.get()
                .uri(path + "?page=2")
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header("X-Correlation-ID", correlationId)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Correlation-ID", correlationId)
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody(String.class)
                .isEqualTo(body);

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> {
            assertThat(PLATFORM.tokensOf(borrower)).contains(bearer(request));
            assertThat(request.header("x-correlation-id")).isEqualTo(correlationId);
        });
    }

    @Test
    void keepsHeadersOfEachSideFromTheOther() {
        PLATFORM.on(
                "GET " + path,
                new Answer(
                        200,
                        Map.of(
                                "Set-Cookie",
                                "a=b",
                                "Server",
                                "inner-7",
                                "X-Forwarded-Host",
                                "inner",
                                "Via",
                                "1.1 inner"),
                        "plain",
                        Duration.ZERO));

        app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header("Cookie", "secret=1")
                .header("X-Forwarded-For", "10.0.0.1")
                .header("X-Tenant", "other")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Set-Cookie")
                .expectHeader()
                .doesNotExist("Server")
                .expectHeader()
                .doesNotExist("Via")
                .expectHeader()
                .doesNotExist("X-Forwarded-Host");

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> assertThat(request.headers())
                .doesNotContainKeys("cookie", "x-forwarded-for", "x-forwarded-host", "forwarded", "x-tenant"));
    }

    static Stream<String> foreignTokens() {
        return Stream.of(
                "Bearer " + API_KEY,
                "Bearer sk_test_unknown",
                "Bearer " + PARTNER.tokenOf("CUST_0001"),
                "Bearer bst_" + "A".repeat(43),
                "Bearer pst_" + UUID.randomUUID(),
                "Basic dXNlcjpwYXNz",
                "");
    }

    @ParameterizedTest
    @MethodSource("foreignTokens")
    void sendsForeignTokensNowhere(String authorization) {
        app.get()
                .uri(path)
                .header("Authorization", authorization)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:unauthenticated")
                .jsonPath("$.error.code")
                .isEqualTo("UNAUTHENTICATED")
                .jsonPath("$.error.message")
                .isNotEmpty()
                .jsonPath("$.data")
                .isEmpty();
        assertThat(PLATFORM.requestsOn(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sessions", "/sessions/refresh", "/Sessions", "/sessions/"})
    void relaysNothingThatNeedsTheApiKey(String needsApiKey) {
        var token = sessionTokenOf(borrower);

        app.post()
                .uri(HEADLESS + needsApiKey)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("NOT_RELAYED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/x/%2e%2e/sessions", "/x/..%2fsessions", "/%73essions", "//sessions", "/sessions;a=b"})
    void relaysNoPathInDisguise(String disguised) {
        var token = sessionTokenOf(borrower);
        var before = PLATFORM.openingsOf(borrower).size();

        app.post()
                .uri(URI.create(baseUrl() + HEADLESS + disguised))
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .is4xxClientError()
                .expectHeader()
                .contentType("application/problem+json")
                .expectHeader()
                .exists("X-Correlation-ID")
                .expectBody()
                .jsonPath("$.error.code")
                .isNotEmpty();
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(before);
    }

    @Test
    void letsNoClientNameTheTokenAsHeaderOfTheHop() {
        PLATFORM.on("POST " + path, Answer.json(200, "{\"data\": {}}"));
        var token = sessionTokenOf(borrower);

        app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", "key-1")
                .header("Connection", "Authorization, Idempotency-Key")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> {
            assertThat(PLATFORM.tokensOf(borrower)).contains(bearer(request));
            assertThat(request.header("idempotency-key")).isEqualTo("key-1");
        });
    }

    @Test
    void requiresKeyOnMutations() {
        app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("IDEMPOTENCY_KEY_REQUIRED");
        assertThat(PLATFORM.requestsOn(path)).isEmpty();
    }

    @Test
    void passesConflictOnUnchanged() {
        var conflict = PlatformStandIn.failure("OFFER_LOCKED");
        PLATFORM.on("POST " + path, Answer.json(409, conflict));

        post(sessionTokenOf(borrower), UUID.randomUUID().toString(), "{}")
                .expectStatus()
                .isEqualTo(409)
                .expectBody(String.class)
                .isEqualTo(conflict);
    }

    @Test
    void renewsAndRepeatsMutationUnderTheSameKey() {
        PLATFORM.on("POST " + path, Answer.json(200, "{\"data\": {}}"));
        var token = sessionTokenOf(borrower);
        PLATFORM.endSessionsOf(borrower);
        var key = UUID.randomUUID().toString();

        post(token, key, "{\"a\": 1}").expectStatus().isOk();

        assertThat(PLATFORM.requestsOn(path)).hasSize(2).allSatisfy(request -> {
            assertThat(request.body()).isEqualTo("{\"a\": 1}");
            assertThat(request.header("idempotency-key")).isEqualTo(key);
        });
        assertThat(renewals()).isEqualTo(1);
    }

    @Test
    void renewsOnceForAllCallsAtATime() throws InterruptedException, ExecutionException {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var token = sessionTokenOf(borrower);
        PLATFORM.endSessionsOf(borrower);
        Callable<Integer> call =
                () -> get(token).returnResult(String.class).getStatus().value();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var status :
                    threads.invokeAll(Stream.generate(() -> call).limit(30).toList())) {
                assertThat(status.get()).isEqualTo(200);
            }
        }

        assertThat(renewals()).isEqualTo(1);
    }

    /** Some platforms allow one session a borrower: a second device must not log the first one out. */
    @Test
    void keepsBothDevicesLoggedIn() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        PLATFORM.endOlderSessionOf(borrower);
        var phone = sessionTokenOf(borrower);
        get(phone).expectStatus().isOk();
        var tablet = sessionTokenOf(borrower);

        get(tablet).expectStatus().isOk();
        get(phone).expectStatus().isOk();
        assertThat(PLATFORM.openingsOf(borrower)).hasSize(2);
    }

    @Test
    void saysThatThePlatformFailsToRenew() {
        var token = sessionTokenOf(borrower);
        PLATFORM.endSessionsOf(borrower);
        PLATFORM.onSession(borrower, Answer.json(500, PlatformStandIn.failure("INTERNAL")));
        PLATFORM.useRefreshTokensOf(borrower);

        get(token)
                .expectStatus()
                .isEqualTo(502)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("PLATFORM_FAILED");
    }

    @Test
    void saysThatThePlatformIsTooSlow() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}").heldFor(Duration.ofSeconds(6)));

        get(sessionTokenOf(borrower))
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("PLATFORM_TIMEOUT");
    }

    @Test
    void removesInternalsOfTheNetwork() {
        PLATFORM.on("GET " + path, Answer.json(200, """
                {"data": {"status": "DISBURSED", "amount": 100.10, "bap_id": "x", "transaction_id": "t",
                 "context": {"domain": "d", "action": "on_search", "version": "1"}}}"""));

        get(sessionTokenOf(borrower))
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("{\"data\":{\"status\":\"DISBURSED\",\"amount\":100.10}}");
    }

    @Test
    void refusesAnswerThatCannotBeLookedThrough() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"a\": 1, \"a\": 2}"));
        get(sessionTokenOf(borrower)).expectStatus().isEqualTo(502);

        PLATFORM.on("GET " + path, Answer.json(200, "\"" + "x".repeat(1024 * 1024) + "\""));
        get(sessionTokenOf(borrower)).expectStatus().isEqualTo(502);
    }

    @Test
    void refusesTokenOfEndedSession() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        var created = create(borrower, UUID.randomUUID().toString(), "");
        get(created.sessionToken()).expectStatus().isOk();

        app.delete()
                .uri("/v1/sessions/{id}", created.sessionId())
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isNoContent();

        get(created.sessionToken()).expectStatus().isUnauthorized();
    }

    @Test
    void refusesTokenOfIdleSession() {
        var created = create(borrower, UUID.randomUUID().toString(), "");
        database.sql("UPDATE session.session SET last_used_at = now() - INTERVAL '31 minutes' WHERE session_id = ?")
                .param(created.sessionId())
                .update();

        get(created.sessionToken()).expectStatus().isUnauthorized();
    }

    /** Calls under way when the app refreshes must not fail. */
    @Test
    void acceptsReplacedTokenForAWhile() {
        PLATFORM.on("GET " + path, Answer.json(200, "{}"));
        var created = create(borrower, UUID.randomUUID().toString(), "");
        app.post()
                .uri("/v1/sessions/{id}/refresh", created.sessionId())
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk();

        get(created.sessionToken()).expectStatus().isOk();
        assertThat(database.sql("""
                                SELECT count(*) FROM session.session_token
                                WHERE session_id = ? AND valid_until < now() + INTERVAL '61 seconds'
                                """)
                        .param(created.sessionId())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** More than what is kept for a repetition. */
    @Test
    void streamsLargeBodies() {
        PLATFORM.on("PUT " + path, Answer.json(200, "{}"));
        var large = "{\"x\": \"" + "y".repeat(300_000) + "\"}";

        app.put()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .bodyValue(large)
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(PLATFORM.requestsOn(path)).singleElement().satisfies(request -> assertThat(request.body())
                .isEqualTo(large));
    }

    private int renewals() {
        return PLATFORM.openingsOf(borrower).size()
                + PLATFORM.refreshesOf(borrower).size()
                - 1;
    }

    private WebTestClient.ResponseSpec get(String token) {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private WebTestClient.ResponseSpec post(String token, String key, String body) {
        return app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    private static String bearer(PlatformStandIn.Request request) {
        return String.valueOf(request.header("authorization")).replace("Bearer ", "");
    }
}
