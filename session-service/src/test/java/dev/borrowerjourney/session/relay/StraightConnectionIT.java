package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.Gate;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RawConnection;
import dev.borrowerjourney.session.testing.RunningService;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What a connection of an app sees of its usual calls, which the server itself does not see. */
class StraightConnectionIT extends RelayedCalls {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SILENCE_MILLIS = 1_500;

    private final RunningService service = RunningService.start(
            settings(),
            Map.of(
                    "session.connections.idle-timeout", "2s",
                    "session.relay.timeouts.first-byte", "30s",
                    "session.relay.limits.borrower-most-at-once", "3"));
    private final Gate gate = new Gate();
    private String token = "";

    @BeforeEach
    void seeTheSession() {
        token = sessionTokenOf(borrower);
        for (var name : new String[] {"first", "second", "third"}) {
            PLATFORM.on("GET " + path + "/" + name, Answer.json(200, "{\"name\": \"" + name + "\"}"));
        }
        ask("first").expectStatus().isOk();
    }

    @AfterEach
    void end() {
        gate.open();
        service.close();
    }

    @Test
    void answersInTheOrderOfTheRequestsWhicheverRouteTheyTake() {
        PLATFORM.onExchange("GET " + path + "/first", exchange -> {
            gate.pass();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 16);
            exchange.getResponseBody().write("{\"name\":\"first\"}".getBytes(UTF_8));
            exchange.close();
        });

        try (var connection = RawConnection.to(service.port())) {
            connection.send(usual("first") + usual("second?page=1") + usual("third") + usual("second"));
            gate.awaitReached();
            gate.open();

            assertThat(connection.answer(SILENCE_MILLIS))
                    .containsSubsequence(
                            "\"first\"}",
                            "HTTP/1.1",
                            "\"second\"}",
                            "HTTP/1.1",
                            "\"third\"}",
                            "HTTP/1.1",
                            "\"second\"}");
        }
    }

    @Test
    void relaysManyCallsOfOneConnectionByTurns() {
        try (var connection = RawConnection.to(service.port())) {
            for (int turn = 0; turn < 20; turn++) {
                var name = turn % 2 == 0 ? "first" : "second";
                connection.send(usual(turn % 3 == 0 ? name + "?page=" + turn : name));
                assertThat(connection.hears("\"" + name + "\"}")).isTrue();
            }
        }
    }

    /** It reads no more before it has answered: what an app sends meanwhile stays on its side. */
    @Test
    void readsNoMoreThanItAnswers() throws InterruptedException {
        PLATFORM.onExchange("GET " + path + "/first", _ -> gate.pass());
        var megabyte = new byte[1024 * 1024];

        try (var connection = RawConnection.to(service.port())) {
            // The whole route has been here, and has left the reading on.
            connection.send(usual("second?page=1"));
            assertThat(connection.hears("\"second\"}")).isTrue();
            connection.send(
                    usual("first") + "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n");
            gate.awaitReached();
            var sent = new AtomicInteger();
            var sender = Thread.startVirtualThread(() -> {
                while (connection.sends(megabyte)) {
                    sent.incrementAndGet();
                }
            });
            var before = new AtomicInteger(-1);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .until(() -> before.getAndSet(sent.get()) == sent.get());
            assertThat(sent).hasValueLessThan(64);
            connection.reset();
            sender.join();
        }
    }

    @Test
    void closesAConnectionThatIsIdleButNoneThatWaitsForItsAnswer() {
        PLATFORM.on(
                "GET " + path + "/first",
                Answer.json(200, "{\"name\": \"late\"}").heldFor(Duration.ofSeconds(5)));

        try (var connection = RawConnection.to(service.port())) {
            connection.send(usual("first"));

            assertThat(connection.hears("\"late\"")).isTrue();
            assertThat(connection.ends()).isTrue();
        }
    }

    @Test
    void takesNoPlaceForAnAppThatHasGone() {
        PLATFORM.onExchange("GET " + path + "/first", _ -> gate.pass());

        for (int call = 0; call < 3; call++) {
            var connection = RawConnection.to(service.port()).send(usual("first"));
            int sent = call + 1;
            await().atMost(PATIENCE)
                    .until(() -> PLATFORM.requestsOn(path + "/first").size() == sent + 1);
            connection.reset();
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> ask("second").expectStatus().isOk());
    }

    @Test
    void answersWhatIsUnderWayWhenTheServiceEnds() {
        PLATFORM.onExchange("GET " + path + "/first", exchange -> {
            gate.pass();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 15);
            exchange.getResponseBody().write("{\"name\":\"last\"}".getBytes(UTF_8));
            exchange.close();
        });

        try (var connection = RawConnection.to(service.port())) {
            connection.send(usual("first"));
            gate.awaitReached();
            var ended = CompletableFuture.runAsync(service::close, Thread::startVirtualThread);
            assertThat(ended).failsWithin(Duration.ofSeconds(3));
            gate.open();

            assertThat(connection.hears("\"last\"")).isTrue();
            ended.join();
        }
    }

    private WebTestClient.ResponseSpec ask(String name) {
        return service.app()
                .get()
                .uri(path + "/" + name)
                .headers(headers -> headers.setBearerAuth(token))
                .header("Accept", "application/json")
                .exchange();
    }

    private String usual(String name) {
        return "GET " + path + "/" + name + " HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\nAuthorization: Bearer "
                + token + "\r\n\r\n";
    }
}
