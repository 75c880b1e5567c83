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

    @LocalServerPort
    int port;

    @Test
    void saysLittleOfOneThatClosesAmidItsBody(CapturedOutput output) throws IOException {
        try (var socket = start("Content-Length: 100\r\n\r\n{\"a\":")) {
            socket.shutdownOutput();
        }
        saysLittle(output);
    }

    @Test
    void saysLittleOfOneThatResetsAmidItsBody(CapturedOutput output) throws IOException {
        try (var socket = start("Content-Length: 100\r\n\r\n{\"a\":")) {
            socket.setSoLinger(true, 0);
        }
        saysLittle(output);
    }

    @Test
    void saysLittleOfOneThatSendsBrokenChunks(CapturedOutput output) throws IOException {
        try (var socket = start("Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\nzz\r\nrubbish")) {
            socket.setSoTimeout(60_000);
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
        saysLittle(output);
    }

    private Socket start(String rest) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /body HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + rest)
                        .getBytes(US_ASCII));
        return socket;
    }

    private static void saysLittle(CapturedOutput output) {
        await().atMost(Duration.ofMinutes(1)).until(() -> output.getAll().contains("ended without our answer"));
        assertThat(output.getAll()).doesNotContain("\"ERROR\"", "stack_trace");
    }
}
