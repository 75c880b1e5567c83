package dev.borrowerjourney.session.session;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A platform that takes 30 s for some borrowers, and a pool of ten database connections. */
class SlowPlatformIT extends ServiceUnderTest {

    private static final Executor THREADS = Thread::startVirtualThread;

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    @Test
    void servesOthersAtNormalSpeed() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var patient = Map.of("platform.call-timeout", "10s", "spring.datasource.hikari.maximum-pool-size", "10");
        try (var service = RunningService.start(settings(), patient)) {
            var other = "CUST_" + UUID.randomUUID();
            var otherToken = create(service.app(), other, UUID.randomUUID().toString(), "")
                    .sessionToken();
            var token = create(service.app(), borrower, UUID.randomUUID().toString(), "")
                    .sessionToken();
            PLATFORM.endSessionsOf(borrower);
            hold(borrower);
            var before = openings();
            var slow = Stream.concat(
                            Stream.generate(() -> call(() -> get(service.app(), token)))
                                    .limit(100),
                            Stream.generate(() -> call(() -> createSlowly(service.app())))
                                    .limit(50))
                    .toList();
            await().atMost(Duration.ofMinutes(1)).until(() -> openings() - before > 50);

            for (var round = 0; round < 10; round++) {
                assertThat(timed(() -> get(service.app(), otherToken))).isLessThan(Duration.ofSeconds(2));
                assertThat(timed(() -> list(service.app(), other))).isLessThan(Duration.ofSeconds(2));
                assertThat(timed(() ->
                                create(service.app(), other, UUID.randomUUID().toString(), "")))
                        .isLessThan(Duration.ofSeconds(2));
            }

            assertThat(slow).noneMatch(CompletableFuture::isDone);
            slow.forEach(CompletableFuture::join);
        }
    }

    private static int openings() {
        return PLATFORM.requestsOn(HEADLESS + "/sessions").size();
    }

    private static void hold(String borrower) {
        PLATFORM.onSession(borrower, Answer.json(200, "{}").heldFor(Duration.ofSeconds(30)));
    }

    private static CompletableFuture<Void> call(Runnable call) {
        return CompletableFuture.runAsync(call, THREADS);
    }

    private static Duration timed(Runnable call) {
        var start = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void createSlowly(WebTestClient app) {
        var slow = "CUST_" + UUID.randomUUID();
        hold(slow);
        app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(slow)))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isEqualTo(504);
    }

    private void get(WebTestClient app, String token) {
        app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .returnResult(String.class);
    }

    private void list(WebTestClient app, String borrower) {
        app.get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                .exchange()
                .expectStatus()
                .isOk();
    }
}
