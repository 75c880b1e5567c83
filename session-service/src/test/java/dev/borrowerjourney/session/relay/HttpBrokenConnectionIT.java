package dev.borrowerjourney.session.relay;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The platform, or something before it, ends a connection under a call. */
class HttpBrokenConnectionIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void asksAgainWhatOnlyReads() {
        PLATFORM.on(
                "GET " + path, _ -> calls.incrementAndGet() == 1 ? Answer.cut() : Answer.json(200, "{\"data\": {}}"));

        call(HttpMethod.GET).expectStatus().isOk();
        assertThat(calls).hasValue(2);
    }

    @Test
    void givesUpTheSecondTime() {
        PLATFORM.on("GET " + path, _ -> {
            calls.incrementAndGet();
            return Answer.cut();
        });

        call(HttpMethod.GET)
                .expectStatus()
                .isEqualTo(502)
                .expectBody()
                .jsonPath("$.error.code")
                .isEqualTo("PLATFORM_FAILED");
        assertThat(calls).hasValue(2);
    }

    /** Nobody knows whether it was done; the app repeats it under the same key. */
    @Test
    void asksOnceWhatChangesSomething() {
        PLATFORM.on("POST " + path, _ -> {
            calls.incrementAndGet();
            return Answer.cut();
        });

        call(HttpMethod.POST).expectStatus().isEqualTo(502);
        assertThat(calls).hasValue(1);
    }

    private WebTestClient.ResponseSpec call(HttpMethod method) {
        return app.method(method)
                .uri(path)
                .headers(headers -> headers.setBearerAuth(sessionTokenOf(borrower)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange();
    }
}
