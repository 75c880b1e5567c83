package dev.borrowerjourney.defaults.problem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.sample.SampleService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Senders hang up and send rubbish all day; whoever is on call must not be woken by it. */
@SpringBootTest(
        classes = SampleService.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "logging.level.dev.borrowerjourney.defaults.problem=debug")
@ExtendWith(OutputCaptureExtension.class)
class DisconnectedClientIT {

    private static final String[] FORBIDDEN = {"\"ERROR\"", "stack_trace"};

    @LocalServerPort
    int port;

    @Test
    void saysLittleOfOneThatClosesAmidItsBody(CapturedOutput output) throws IOException {
        try (var socket = start("Content-Length: 100", "{\"a\":")) {
            socket.shutdownOutput();
            // To the end that the service makes once it has noticed; whether it still says something is its own affair.
            socket.getInputStream().readAllBytes();
        }
        assertThat(output.getAll()).doesNotContain(FORBIDDEN);
    }

    @Test
    void saysLittleOfOneThatResetsAmidItsBody(CapturedOutput output) throws IOException {
        try (var socket = start("Content-Length: 100", "{\"a\":")) {
            socket.setSoLinger(true, 0);
        }
        saysLittle(output);
    }

    @Test
    void saysLittleOfOneThatSendsBrokenChunks(CapturedOutput output) throws IOException {
        try (var socket = start("Transfer-Encoding: chunked", "5\r\n{\"a\":\r\nzz\r\nrubbish")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
        saysLittle(output);
    }

    /** Sends the body only once the service waits for it: what is cut off earlier never reaches the handler. */
    private Socket start(String length, String body) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        send(
                socket,
                "POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n" + length
                        + "\r\n\r\n");
        var goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(new String(socket.getInputStream().readNBytes(goOn.length()), US_ASCII))
                .isEqualToIgnoringCase(goOn);
        send(socket, body);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static void saysLittle(CapturedOutput output) {
        await().atMost(Duration.ofMinutes(1)).until(() -> output.getAll().contains("ended without our answer"));
        assertThat(output.getAll()).doesNotContain(FORBIDDEN);
    }
}
