package dev.borrowerjourney.session.relay;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not relayed whoever asks for it. */
class RelayPathsIT extends RelayedCalls {

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
}
