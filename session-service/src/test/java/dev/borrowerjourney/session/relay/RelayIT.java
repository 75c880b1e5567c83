package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose token opens the relay, and how the platform's is renewed underneath. */
class RelayIT extends RelayedCalls {

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

    private int renewals() {
        return PLATFORM.openingsOf(borrower).size()
                + PLATFORM.refreshesOf(borrower).size()
                - 1;
    }
}
