package dev.borrowerjourney.session.attack;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RawConnection;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Phones lose the network all day; whoever is on call must not be woken by it. */
@ExtendWith(OutputCaptureExtension.class)
class DisconnectedClientIT extends ServiceUnderTest {

    private static final int CLIENTS = 20;
    private static final List<String> LOUD = List.of("\"ERROR\"", "\"WARN\"", "stack_trace");

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    /** Of one body that is kept to be sent again, and of one that streams by. */
    @ParameterizedTest
    @ValueSource(ints = {100, 300_000})
    void saysLittleOfThoseThatHangUpAmidARelayedBody(int length, CapturedOutput output) {
        var token = sessionTokenOf(borrower);
        var before = output.getAll().length();

        for (int client = 0; client < CLIENTS; client++) {
            hangUpAmid("POST " + path, token, length);
        }

        staysQuiet(output, before);
    }

    @Test
    void saysLittleOfThoseThatHangUpAmidABodyOfOurs(CapturedOutput output) {
        var token = PARTNER.tokenOf(borrower);
        var before = output.getAll().length();

        for (int client = 0; client < CLIENTS; client++) {
            hangUpAmid("POST /v1/sessions", token, 100);
        }

        staysQuiet(output, before);
    }

    @Test
    void saysLittleOfThoseThatDoNotWaitForTheAnswer(CapturedOutput output) {
        var token = sessionTokenOf(borrower);
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}").heldFor(Duration.ofSeconds(1)));
        var before = output.getAll().length();

        var connections = IntStream.range(0, CLIENTS)
                .mapToObj(_ -> RawConnection.to(port())
                        .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n"))
                .toList();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> PLATFORM.requestsOn(path).size() == CLIENTS);
        connections.forEach(RawConnection::reset);

        staysQuiet(output, before);
        app.get()
                .uri(path)
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isOk();
    }

    private void hangUpAmid(String call, String token, int length) {
        var connection = RawConnection.to(port())
                .send(call + " HTTP/1.1\r\nHost: a\r\nIdempotency-Key: " + UUID.randomUUID()
                        + "\r\nContent-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: " + length
                        + "\r\nAuthorization: Bearer " + token + "\r\n\r\n");
        // The body is asked for: what is cut off earlier never reaches the handler.
        assertThat(connection.hears("HTTP/1.1 100 Continue\r\n\r\n")).isTrue();
        connection.send("{\"profile\":").reset();
    }

    private static void staysQuiet(CapturedOutput output, int before) {
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        output.getAll().substring(before))
                .doesNotContain(LOUD));
    }

    private int port() {
        return URI.create(baseUrl()).getPort();
    }
}
