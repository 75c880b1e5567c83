package dev.borrowerjourney.sandbox.load.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class OpenStreamsTest {

    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry:20\nevent:ready\ndata:{}\n\n";

    private static final int FIRST_LINE = "GET /a HTTP/1.1".length();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void opensLostStreamsAgain() throws IOException {
        var shown = new ConcurrentLinkedQueue<String>();

        try (var server = new Server();
                var streams = OpenStreams.open(
                        server.address(),
                        List.of(request("a"), request("b")),
                        (device, event, _, _, _) -> shown.add(device + event))) {
            assertThat(streams.awaitReady(PATIENCE)).isTrue();
            assertThat(shown).containsExactlyInAnyOrder("0ready", "1ready");

            server.cutAll();

            assertThat(streams.awaitLost(PATIENCE)).isTrue();
            assertThat(streams.awaitReady(PATIENCE)).isTrue();
            assertThat(streams.lost()).isEqualTo(2);
            assertThat(server.requests).hasSize(4).contains("GET /a HTTP/1.1", "GET /b HTTP/1.1");
        }
    }

    private static byte[] request(String path) {
        return "GET /%s HTTP/1.1\r\nHost: here\r\n\r\n".formatted(path).getBytes(US_ASCII);
    }

    private static final class Server implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
        private final Queue<String> requests = new ConcurrentLinkedQueue<>();

        Server() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        InetSocketAddress address() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort());
        }

        void cutAll() throws IOException {
            for (var socket = open.poll(); socket != null; socket = open.poll()) {
                socket.close();
            }
        }

        private void accept() {
            try {
                while (true) {
                    var socket = listening.accept();
                    requests.add(new String(socket.getInputStream().readNBytes(FIRST_LINE), US_ASCII));
                    socket.getOutputStream().write(ANSWER.getBytes(US_ASCII));
                    open.add(socket);
                }
            } catch (IOException _) {
                // Closed at the end of the test.
            }
        }

        @Override
        public void close() throws IOException {
            listening.close();
            cutAll();
        }
    }
}
