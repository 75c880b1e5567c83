package dev.borrowerjourney.session.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.RunningService;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/** A thousand apps that wait for news at one instance. */
class WaitersIT extends ServiceUnderTest {

    private static final int WAITERS = 1_000;
    private static final int OF_ONE_BORROWER = 20;
    private static final Pattern ACTIVE = Pattern.compile("hikaricp_connections_active\\{[^}]*} (\\d+)");

    @Test
    void holdNoConnectionAndLeaveNothingBehind() {
        try (var service = RunningService.start(settings(), Map.of("session.journeys.longest-wait", "30s"))) {
            var connections = ConnectionProvider.builder("waiters")
                    .maxConnections(WAITERS)
                    .pendingAcquireMaxCount(WAITERS)
                    .build();
            var client = WebClient.builder()
                    .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                    .build();
            var waits = IntStream.range(0, WAITERS / OF_ONE_BORROWER)
                    .mapToObj(_ -> PARTNER.tokenOf("CUST_" + UUID.randomUUID()))
                    .flatMap(token -> IntStream.range(0, OF_ONE_BORROWER).mapToObj(_ -> wait(client, service, token)))
                    .toList();
            awaitWaiting(service, WAITERS);

            // Once all first looks are over nobody holds more than the look itself does, many looks long.
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> IntStream.range(0, 10).allMatch(_ -> active(metricsOf(service.management())) <= 2));
            service.app()
                    .get()
                    .uri("/v1/journeys")
                    .headers(headers -> headers.setBearerAuth(PARTNER.tokenOf(borrower)))
                    .exchange()
                    .expectStatus()
                    .isOk();

            waits.forEach(Disposable::dispose);
            connections.dispose();

            awaitWaiting(service, 0);
        }
    }

    private static Disposable wait(WebClient client, RunningService service, String token) {
        return client.get()
                .uri(service.url() + "/v1/journeys?after=2026-03-05T08:00:00Z")
                .headers(headers -> headers.setBearerAuth(token))
                .retrieve()
                .toBodilessEntity()
                // Where a thousand first looks at once are more than the machine can do in time, it says so.
                .retryWhen(Retry.fixedDelay(60, Duration.ofSeconds(1)))
                .subscribe();
    }

    private static void awaitWaiting(RunningService service, int number) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> metricsOf(service.management()).contains("session_journeys_waiting " + number + ".0"));
    }

    private static int active(String metrics) {
        var found = ACTIVE.matcher(metrics);
        assertThat(found.find()).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
