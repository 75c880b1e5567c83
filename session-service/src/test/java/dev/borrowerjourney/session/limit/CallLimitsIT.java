package dev.borrowerjourney.session.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

@TestPropertySource(properties = {"session.limits.borrower-calls-per-second=1", "session.limits.borrower-burst=5"})
class CallLimitsIT extends ServiceUnderTest {

    @Test
    void refuseABorrowerWhoCallsTooOften() {
        for (int call = 0; call < 5; call++) {
            list(app, borrower).expectStatus().isOk();
        }

        expectTooManyRequests(list(app, borrower));
        list(app, "CUST_" + UUID.randomUUID()).expectStatus().isOk();
        assertThat(valueOf("session_limits_refused_total{reason=\"borrower_rate\"}"))
                .isPositive();
        await().atMost(Duration.ofMinutes(1)).until(() -> list(app, borrower)
                .returnResult(String.class)
                .getStatus()
                .is2xxSuccessful());
    }

    /** Each would be a call to the platform and a row. */
    @Test
    void openNoSessionBeyondThem() {
        for (int call = 0; call < 5; call++) {
            sessionTokenOf(borrower);
        }
        var before = PLATFORM.openingsOf(borrower).size();

        expectTooManyRequests(app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange());

        assertThat(PLATFORM.openingsOf(borrower)).hasSize(before);
    }

    @Test
    void countNobodyWithoutAToken() {
        for (int call = 0; call < 10; call++) {
            app.get().uri("/v1/sessions").exchange().expectStatus().isUnauthorized();
        }
    }

    @Test
    void refuseWhoComesWhenAllTogetherCallTooOften() {
        var few = Map.of("session.limits.calls-per-second", "1", "session.limits.burst", "1");

        try (var service = RunningService.start(settings(), few)) {
            list(service.app(), borrower).expectStatus().isOk();
            expectTooManyRequests(list(service.app(), "CUST_" + UUID.randomUUID()));
        }
    }

    private static WebTestClient.ResponseSpec list(WebTestClient instance, String borrower) {
        return instance.get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange();
    }

    private static void expectTooManyRequests(WebTestClient.ResponseSpec answer) {
        answer.expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .value("Retry-After", seconds -> assertThat(seconds).isEqualTo("1"))
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:borrower-journey:problem:too-many-requests");
    }
}
