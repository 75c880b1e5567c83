package dev.borrowerjourney.session.attack;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.RawConnection;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

/** A connection costs a client nothing, so none may cost the service something for ever. */
@ExtendWith(OutputCaptureExtension.class)
@TestPropertySource(properties = {"session.connections.read-timeout=1s", "session.connections.idle-timeout=3s"})
class SlowClientsIT extends ServiceUnderTest {

    private final String path = HEADLESS + "/journeys/" + UUID.randomUUID();

    @Test
    void endsConnectionThatSaysNothing() {
        try (var silent = RawConnection.to(port())) {
            assertThat(silent.ends()).isTrue();
        }
    }

    @Test
    void endsConnectionAmidAHead() {
        try (var slow = RawConnection.to(port()).send("GET " + path + " HTTP/1.1\r\nHost: a\r\nX-Slow: ")) {
            assertThat(slow.ends()).isTrue();
        }
    }

    /** Of ours, of one that is kept to be sent again, and of one that streams by. */
    @Test
    void endsConnectionAmidABody(CapturedOutput output) {
        var token = sessionTokenOf(borrower);
        var before = output.getAll().length();

        endsAmidABody("/v1/sessions", PARTNER.tokenOf(borrower), 1_000);
        endsAmidABody(path, token, 1_000);
        endsAmidABody(path, token, 300_000);

        assertThat(output.getAll().substring(before)).doesNotContain("\"ERROR\"", "\"WARN\"", "stack_trace");
    }

    private void endsAmidABody(String to, String token, int length) {
        try (var slow = RawConnection.to(port())
                .send("POST " + to + " HTTP/1.1\r\nHost: a\r\nIdempotency-Key: " + UUID.randomUUID()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + length
                        + "\r\nAuthorization: Bearer " + token + "\r\n\r\n{")) {
            assertThat(slow.ends()).as(to).isTrue();
        }
    }

    /** The platform's time is not the client's. */
    @Test
    void waitsForThePlatformLongerThanForAClient() {
        PLATFORM.on("GET " + path, Answer.json(200, "{\"data\": {}}").heldFor(Duration.ofMillis(2_500)));
        var token = sessionTokenOf(borrower);

        try (var patient = RawConnection.to(port())
                .send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "\r\n\r\n")) {
            assertThat(patient.answer(200)).startsWith("HTTP/1.1 200");
            assertThat(patient.ends()).isTrue();
        }
    }

    private int port() {
        return URI.create(baseUrl()).getPort();
    }
}
