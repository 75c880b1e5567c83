package dev.borrowerjourney.session.relay;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Calls of an app that go through to the platform, on a path that no other test uses. */
abstract class RelayedCalls extends ServiceUnderTest {

    final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    WebTestClient.ResponseSpec get() {
        return get(sessionTokenOf(borrower));
    }

    /** Without a look at the OpenAPI document, which has no words for an answer without a body. */
    WebTestClient undescribed() {
        return WebTestClient.bindToServer()
                .baseUrl(baseUrl())
                .responseTimeout(Duration.ofSeconds(60))
                .build();
    }

    WebTestClient.ResponseSpec get(String token) {
        return get(app, token);
    }

    WebTestClient.ResponseSpec get(WebTestClient instance, String token) {
        return instance.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    WebTestClient.ResponseSpec post(String token, String key, String body) {
        return app.post()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .bodyValue(body)
                .exchange();
    }

    static String bearer(PlatformStandIn.Request request) {
        return String.valueOf(request.header("authorization")).replace("Bearer ", "");
    }

    /** Expects a refusal of ours, which the platform's clients can read. */
    static void expectProblem(WebTestClient.ResponseSpec answer, int status, String code) {
        answer.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:"
                        + code.toLowerCase(Locale.ROOT).replace('_', '-'))
                .jsonPath("$.error.code")
                .isEqualTo(code)
                .jsonPath("$.error.message")
                .isNotEmpty()
                .jsonPath("$.data")
                .isEmpty();
    }
}
