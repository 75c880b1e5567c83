package dev.borrowerjourney.session.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.session.testing.RunningService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform, or something in its place, that does not keep to HTTP. */
@SuppressWarnings("NullAway.Init") // JUnit fills it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayNonsenseIT extends RelayedCalls {

    private ServerSocket platform;
    private RunningService service;
    private volatile String answer = "";

    @BeforeAll
    void start() throws IOException {
        platform = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::answer);
        service = RunningService.start(
                settings(), Map.of("platform.base-url", "http://127.0.0.1:" + platform.getLocalPort()));
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense|",
                "HTTP/1.1 999999 ?|",
                "HTTP/1.1 200 OK|Content-Type: application/json|Content-Length: -1||{}",
                "HTTP/1.1 200 OK|Content-Type: application/json|Content-Length: 2|Content-Length: 3||{} ",
                "HTTP/1.1 200 OK|Content-Type: application/json|Transfer-Encoding: chunked||zz|{}|",
                "HTTP/1.1 200 OK|Content-Type: application/json|X: LARGE||{}"
            })
    void isTheFaultOfThePlatform(String said) {
        answer = said.replace("LARGE", "x".repeat(20_000)).replace("|", "\r\n");

        expectProblem(get(service.app(), sessionTokenOf(borrower)), 502, "PLATFORM_FAILED");
    }

    /** Trailers come after whoever looks at headers has looked. */
    @Test
    void keepsTrailersToItself() throws IOException {
        answer =
                "HTTP/1.1 200 OK|Content-Type: application/pdf|Trailer: X-BAP-ID|Transfer-Encoding: chunked||4|%PDF|0|X-BAP-ID: inner-7||"
                        .replace("|", "\r\n");

        assertThat(heard(sessionTokenOf(borrower)))
                .contains("%PDF")
                .endsWith("\r\n0\r\n\r\n")
                .doesNotContain("inner-7", "Trailer");
    }

    /** No last part: an app can tell that the answer is not whole. */
    @Test
    void endsNoAnswerThatThePlatformDidNotEnd() throws IOException {
        answer = "HTTP/1.1 200 OK|Content-Type: application/pdf|Transfer-Encoding: chunked||4|%PDF|"
                .replace("|", "\r\n");

        assertThat(heard(sessionTokenOf(borrower))).doesNotContain("\r\n0\r\n");
    }

    /** All that is said on one connection. */
    private String heard(String token) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nAuthorization: Bearer " + token
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private void answer() {
        while (!platform.isClosed()) {
            try (var connection = platform.accept()) {
                var in = connection.getInputStream();
                for (int seen = 0; seen < 4; ) {
                    int next = in.read();
                    seen = next == '\r' || next == '\n' ? seen + 1 : next < 0 ? 4 : 0;
                }
                connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
                connection.getOutputStream().flush();
                connection.shutdownOutput();
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                if (!platform.isClosed() && !(e instanceof SocketException)) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
