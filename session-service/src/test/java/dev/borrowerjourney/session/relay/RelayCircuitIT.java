package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** While the platform fails, nobody waits for it, and it is left alone but for a few calls that find out. */
@DirtiesContext
@TestPropertySource(
        properties = {
            "session.relay.circuit.window=30s",
            "session.relay.circuit.least-calls=6",
            "session.relay.circuit.open-for=3s",
            "session.relay.circuit.trial-calls=2"
        })
class RelayCircuitIT extends RelayedCalls {

    @Test
    void holdsCallsBackUntilThePlatformAnswersAgain() {
        PLATFORM.on("GET " + path, Answer.json(503, PlatformStandIn.failure("DOWN")));
        var tokens = Stream.generate(() -> sessionTokenOf("CUST_" + UUID.randomUUID()))
                .limit(8)
                .toList();

        oneBorrowerAloneOpensNothing(tokens.getFirst());
        tokens.subList(1, 7).forEach(token -> get(token).expectStatus().isEqualTo(503));

        var calls = PLATFORM.requestsOn(path).size();
        var refused = get(tokens.getLast());
        refused.expectHeader().value("Retry-After", seconds -> assertThat(Integer.parseInt(seconds))
                .isBetween(1, 3));
        expectProblem(refused, 503, "PLATFORM_UNAVAILABLE");
        assertThat(PLATFORM.requestsOn(path)).hasSize(calls);

        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        await().atMost(Duration.ofMinutes(1)).until(() -> answers(tokens).containsAll(List.of(200)));
        assertThat(answers(tokens)).containsOnly(200);
    }

    private void oneBorrowerAloneOpensNothing(String token) {
        for (int call = 0; call < 20; call++) {
            get(token)
                    .expectStatus()
                    .isEqualTo(503)
                    .expectBody()
                    .jsonPath("$.error.code")
                    .isEqualTo("DOWN");
        }
    }

    private List<Integer> answers(List<String> tokens) {
        return tokens.stream()
                .map(token -> get(token).returnResult(String.class).getStatus().value())
                .distinct()
                .toList();
    }
}
