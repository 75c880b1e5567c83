package dev.borrowerjourney.defaults.problem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.sample.SampleService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
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

    private static final List<String> FORBIDDEN = List.of("\"ERROR\"", "stack_trace");
    private static final int CLIENTS = 20;

    @LocalServerPort
    int port;

    @Test
    void saysLittleOfThoseThatCloseAmidTheirBody(CapturedOutput output) throws IOException {
        for (int client = 0; client < CLIENTS; client++) {
            try (var socket = start("Content-Length: 100", "{\"a\":")) {
                socket.shutdownOutput();
                // To the end that the service makes once it has noticed.
                socket.getInputStream().readAllBytes();
            }
        }
        staysQuiet(output);
    }

    /** What breaks off with them brings no error, one, or several, as it happens: none may be told as ours. */
    @Test
    void saysLittleOfThoseThatResetAmidTheirBody(CapturedOutput output) throws IOException {
        for (int client = 0; client < CLIENTS; client++) {
            try (var socket = start("Content-Length: 100", "{\"a\":")) {
                socket.setSoLinger(true, 0);
            }
        }
        staysQuiet(output);
    }

    @Test
    void saysLittleOfOneThatSendsBrokenChunks(CapturedOutput output) throws IOException {
        try (var socket = start("Transfer-Encoding: chunked", "5\r\n{\"a\":\r\nzz\r\nrubbish")) {
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> output.getAll().contains("ended without our answer"));
        staysQuiet(output);
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

    private static void staysQuiet(CapturedOutput output) {
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofMinutes(1)).until(() -> FORBIDDEN.stream()
                .noneMatch(output.getAll()::contains));
    }
}
