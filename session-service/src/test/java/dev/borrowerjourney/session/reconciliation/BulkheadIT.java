package dev.borrowerjourney.session.reconciliation;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.borrowerjourney.session.testing.Gate;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Polling and the relay have places of their own at the platform: neither waits for the other's. */
@TestPropertySource(
        properties = {
            "session.relay.limits.most-at-once=2",
            "session.reconciliation.most-at-once=1",
            "session.relay.timeouts.first-byte=2m",
            "session.relay.timeouts.whole=3m"
        })
class BulkheadIT extends ReconcilingService {

    private final String path = HEADLESS + "/profile/" + UUID.randomUUID();
    private final Gate gate = new Gate();

    @AfterEach
    void goOn() {
        gate.open();
    }

    @Test
    void pollingGoesOnWhileTheRelayIsFull() {
        PLATFORM.onExchange("GET " + path, this::answerOnceOpen);
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        var token = sessionTokenOf(borrower);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = IntStream.range(0, 2)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(() -> status(relayed(token)), threads))
                    .toList();
            eventually().until(() -> PLATFORM.requestsOn(path).size() == 2);
            relayed(token).expectStatus().isEqualTo(503);
            int before = looks();

            eventually().until(() -> looks() >= before + 3);

            gate.open();
            assertThat(held).allSatisfy(call -> assertThat(call.join()).isEqualTo(200));
        }
    }

    @Test
    void theRelayGoesOnWhilePollingIsFull() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        platformSays("KYC_PENDING", "COMPLETE_KYC");
        PLATFORM.onExchange("GET " + statePath(), this::answerOnceOpen);
        var token = sessionTokenOf(borrower);
        gate.awaitReached();

        for (int call = 0; call < 20; call++) {
            relayed(token).expectStatus().isOk();
        }
    }

    private void answerOnceOpen(HttpExchange exchange) throws IOException {
        gate.pass();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write(new byte[] {'{', '}'});
        exchange.close();
    }

    private WebTestClient.ResponseSpec relayed(String token) {
        return app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange();
    }

    private static int status(WebTestClient.ResponseSpec answer) {
        return answer.returnResult(String.class).getStatus().value();
    }
}
