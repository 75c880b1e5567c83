package dev.borrowerjourney.session.browser;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.reactive.server.WebTestClient;

class BrowserIT extends ServiceUnderTest {

    private static final String FOREIGN = "https://evil.example";

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    @BeforeEach
    void answer() {
        PLATFORM.on(
                "GET " + path,
                Answer.json(200, "{\"data\": {}}")
                        .with("Cache-Control", "public, max-age=3600")
                        .with("Access-Control-Allow-Origin", "*")
                        .with("X-Frame-Options", "ALLOWALL"));
    }

    @Test
    void marksEveryAnswer() {
        assertMarked(get(path, sessionTokenOf(borrower)).expectStatus().isOk());
        assertMarked(get(path, "sk_test_1").expectStatus().isUnauthorized());
        assertMarked(
                get("/v1/sessions", PARTNER.tokenOf(borrower)).expectStatus().isOk());
        assertMarked(get("/v1/sessions", "none").expectStatus().isUnauthorized());
        assertMarked(get("/nowhere", "none").expectStatus().isNotFound());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/sessions", "/v1/journeys/j-1/resume", HEADLESS + "/profile"})
    void answersPreflightOfAllowedOrigin(String uri) {
        preflight(uri, ORIGIN, "PATCH", "authorization, idempotency-key, content-type, x-correlation-id")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN)
                .expectHeader()
                .valueEquals("Access-Control-Max-Age", "600")
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Credentials");
    }

    @Test
    void refusesPreflightOfOthers() {
        preflight("/v1/sessions", FOREIGN, "POST", "authorization")
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
        preflight("/v1/sessions", ORIGIN, "POST", "x-tenant").expectStatus().isForbidden();
        preflight("/v1/sessions", ORIGIN, "TRACE", "authorization")
                .expectStatus()
                .isForbidden();
    }

    @Test
    void letsAllowedOriginReadTheAnswer() {
        var token = sessionTokenOf(borrower);

        app.get()
                .uri(path)
                .header("Origin", ORIGIN)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN)
                .expectHeader()
                .value("Access-Control-Expose-Headers", exposed -> assertThat(exposed)
                        .contains("Idempotency-Replayed", "Retry-After"));
    }

    /** Behind a proxy that ends TLS, a page of this very host looks foreign. */
    @Test
    void servesOtherOriginsWithoutLeaveToRead() {
        var token = sessionTokenOf(borrower);

        app.get()
                .uri(path)
                .header("Origin", FOREIGN)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
    }

    private WebTestClient.ResponseSpec get(String uri, String token) {
        return app.get()
                .uri(uri)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private WebTestClient.ResponseSpec preflight(String uri, String origin, String method, String headers) {
        return app.options()
                .uri(uri)
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .exchange();
    }

    private static void assertMarked(WebTestClient.ResponseSpec answer) {
        answer.expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .valueEquals("X-Frame-Options", "DENY")
                .expectHeader()
                .valueEquals("Referrer-Policy", "no-referrer")
                .expectHeader()
                .valueEquals("Strict-Transport-Security", "max-age=31536000")
                .expectHeader()
                .valueEquals("Cross-Origin-Resource-Policy", "same-origin")
                .expectHeader()
                .valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
    }
}
