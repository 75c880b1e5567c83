package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.borrowerjourney.defaults.testing.FreePort;
import dev.borrowerjourney.session.testing.Gate;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The platform at its worst: each time the app gets a whole answer, the platform's own or a problem that says what to do. */
class RelayFailuresIT extends RelayedCalls {

    private final Gate silence = new Gate();

    @AfterEach
    void goOn() {
        silence.open();
    }

    @Test
    void saysThatThePlatformIsTooSlow() {
        PLATFORM.onExchange("GET " + path, _ -> silence.pass());

        expectProblem(get(), 504, "PLATFORM_TIMEOUT");
    }

    @Test
    void saysThatThePlatformFellSilentInItsAnswer() {
        PLATFORM.onExchange("GET " + path, exchange -> {
            begin(exchange, 1000);
            silence.pass();
        });

        expectProblem(get(), 504, "PLATFORM_TIMEOUT");
    }

    /** Each part comes in time, and the end does not. */
    @Test
    void saysThatTheAnswerDoesNotEnd() {
        PLATFORM.onExchange("GET " + path, exchange -> {
            begin(exchange, 1000);
            while (silence.staysShutFor(Duration.ofMillis(200))) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
            }
        });

        try (var service = RunningService.start(settings(), Map.of("session.relay.timeouts.whole", "2s"))) {
            expectProblem(get(service.app(), sessionTokenOf(borrower)), 504, "PLATFORM_TIMEOUT");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1000, 0})
    void saysThatTheAnswerBrokeOff(long length) {
        PLATFORM.onExchange("GET " + path, exchange -> {
            begin(exchange, length);
            exchange.close();
        });

        expectProblem(get(), 502, "PLATFORM_FAILED");
    }

    @Test
    void passesRequestForPatienceOn() {
        PLATFORM.on(
                "GET " + path,
                Answer.json(429, PlatformStandIn.failure("RATE_LIMITED")).with("Retry-After", "7"));

        get().expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .valueEquals("Retry-After", "7")
                .expectBody(String.class)
                .isEqualTo(PlatformStandIn.failure("RATE_LIMITED"));
        assertThat(PLATFORM.requestsOn(path)).hasSize(1);
    }

    /** The platform alone knows what its failures mean, and repeats nothing that it has begun. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | {"error": {"code": "INTERNAL", "message": "no"}}
            400 | {"error": {"code": "NEVER_SEEN_BEFORE", "message": "no"}}
            409 | {"requestID": "r", "data": null, "error": {"code": "X", "message": "no", "more": [1]}}
            422 | {"message": "an envelope without error"}
            200 | {"data": {"status": "A_NEW_ONE"}}
            500 | []
            """)
    void passesFailureOnUnchanged(int status, String body) {
        PLATFORM.on("GET " + path, Answer.json(status, body));

        get().expectStatus().isEqualTo(status).expectBody(String.class).isEqualTo(body);
        assertThat(PLATFORM.requestsOn(path)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200, 502, ANSWER_TYPE_REFUSED",
        "404, 502, ANSWER_TYPE_REFUSED",
        "500, 502, PLATFORM_FAILED",
        "502, 502, PLATFORM_FAILED",
        "503, 503, PLATFORM_BUSY",
        "429, 503, PLATFORM_BUSY"
    })
    void passesNoPageOn(int status, int answered, String code) {
        PLATFORM.on(
                "GET " + path,
                Answer.json(status, "<html><h1>inner-7</h1></html>")
                        .with("Content-Type", "text/html")
                        .with("Retry-After", "7"));

        var answer = get();

        if (answered == 503) {
            answer.expectHeader().valueEquals("Retry-After", "7");
        }
        expectProblem(answer, answered, code);
    }

    @Test
    void saysThatThePlatformCannotBeReached() {
        expectUnreachable("http://127.0.0.1:" + FreePort.next());
    }

    /** A host that takes no connection, and does not say so. */
    @Test
    void waitsForConnectionNoLongerThanAllowed() throws IOException {
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 8; i++) {
                var socket = new Socket();
                waiting.add(socket);
                connect(socket, full.getLocalPort());
            }
            expectUnreachable("http://127.0.0.1:" + full.getLocalPort());
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    private void expectUnreachable(String url) {
        var elsewhere = Map.of("platform.base-url", url, "platform.connect-timeout", "500ms");
        try (var service = RunningService.start(settings(), elsewhere)) {
            expectProblem(get(service.app(), sessionTokenOf(borrower)), 502, "PLATFORM_UNREACHABLE");
        }
    }

    private static void connect(Socket socket, int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        } catch (IOException _) {
            // Full, as it should be.
        }
    }

    /** @param length of the whole answer; 0 if it does not tell */
    private static void begin(HttpExchange exchange, long length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-Test", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(200, length);
        exchange.getResponseBody().write("{\"data\": ".getBytes(UTF_8));
        exchange.getResponseBody().flush();
    }
}
