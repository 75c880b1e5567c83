package dev.borrowerjourney.session.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.Gate;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/** One borrower cannot take what is there for all, and all together cannot take more than is there. */
@TestPropertySource(
        properties = {
            "session.relay.limits.borrower-calls-per-second=1",
            "session.relay.limits.borrower-burst=5",
            "session.relay.limits.most-at-once=3"
        })
class RelayLimitsIT extends RelayedCalls {

    private final Gate gate = new Gate();

    @AfterEach
    void goOn() {
        gate.open();
    }

    @Test
    void refusesWhoCallsTooOften() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var token = sessionTokenOf(borrower);
        var other = sessionTokenOf("CUST_" + UUID.randomUUID());
        for (int call = 0; call < 5; call++) {
            get(token).expectStatus().isOk();
        }

        var refused = refusal(token);

        refused.expectHeader()
                .value("Retry-After", seconds -> assertThat(seconds).isEqualTo("1"));
        expectProblem(refused, 429, "TOO_MANY_REQUESTS");
        get(other).expectStatus().isOk();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(token).returnResult(String.class).getStatus().is2xxSuccessful());
    }

    /** Another token of the same borrower, as of a second device, has the same limit. */
    @Test
    void countsAllSessionsOfABorrowerTogether() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var phone = sessionTokenOf(borrower);
        var tablet = sessionTokenOf(borrower);

        refusal(phone);

        expectProblem(refusal(tablet), 429, "TOO_MANY_REQUESTS");
    }

    @Test
    void refusesAtOnceWhenTooManyCallsAreUnderWay() {
        PLATFORM.onExchange("GET " + path, exchange -> {
            gate.pass();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        var tokens = Stream.generate(() -> sessionTokenOf("CUST_" + UUID.randomUUID()))
                .limit(4)
                .toList();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var held = tokens.subList(0, 3).stream()
                    .map(token -> CompletableFuture.supplyAsync(
                            () -> get(undescribed(), token)
                                    .returnResult(String.class)
                                    .getStatus()
                                    .value(),
                            threads))
                    .toList();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> PLATFORM.requestsOn(path).size() == 3);

            var refused = get(tokens.getLast());
            refused.expectHeader().valueEquals("Retry-After", "1");
            expectProblem(refused, 503, "PLATFORM_BUSY");

            gate.open();
            assertThat(held).allSatisfy(call -> assertThat(call.join()).isEqualTo(204));
        }
        get(undescribed(), tokens.getLast()).expectStatus().isNoContent();
    }

    /** A call that the app gives up makes room at once, whatever the platform does. */
    @Test
    void makesRoomWhenTheAppGivesUp() {
        PLATFORM.onExchange("GET " + path, _ -> gate.pass());
        var impatient =
                undescribed().mutate().responseTimeout(Duration.ofSeconds(1)).build();
        var token = sessionTokenOf(borrower);

        for (int call = 0; call < 4; call++) {
            giveUp(impatient, token);
        }

        await().atMost(Duration.ofMinutes(1)).until(() -> valueOf("session_relay_under_way") == 0);
    }

    /** No label tells of a borrower. */
    @Test
    void countsWhatIsHeldBack() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        refusal(sessionTokenOf(borrower));

        assertThat(valueOf("session_relay_withheld_total{reason=\"borrower_rate\"}"))
                .isPositive();
        assertThat(valueOf("session_relay_calls_total{outcome=\"answered\"}")).isPositive();
        assertThat(valueOf("session_relay_circuit")).isZero();
    }

    @Test
    void refusesWhenAllTogetherCallTooOften() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}"));
        var few = Map.of("session.relay.limits.calls-per-second", "1", "session.relay.limits.burst", "1");
        var first = sessionTokenOf(borrower);
        var second = sessionTokenOf("CUST_" + UUID.randomUUID());

        try (var service = RunningService.start(settings(), few)) {
            get(service.app(), first).expectStatus().isOk();
            expectProblem(get(service.app(), second), 429, "TOO_MANY_REQUESTS");
        }
    }

    private WebTestClient.ResponseSpec refusal(String token) {
        for (int call = 0; call < 5; call++) {
            get(token).expectBody(String.class).returnResult();
        }
        return get(token);
    }

    private void giveUp(WebTestClient client, String token) {
        try {
            get(client, token).returnResult(String.class);
        } catch (IllegalStateException _) {
            // The app has waited for a second.
        }
    }
}
