package dev.borrowerjourney.notifier.stream;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A device that opens a stream and never reads it must not hold memory or a connection. */
class SlowReaderIT {

    final String borrower = "CUST_" + UUID.randomUUID();
    final String journey = "jrn_" + UUID.randomUUID();

    @Test
    void cutsDeviceThatDoesNotRead() throws IOException {
        var database = TestDatabase.shared();
        ReadModel.in(database.as("bj_projector"));
        var broker = TestBroker.shared();
        var registry = TestRegistry.shared();

        try (var identity = PartnerIdentity.start();
                var changes = new Changes(broker.bootstrapServers(), registry.url());
                var notifier = RunningNotifier.start(
                                broker.bootstrapServers(),
                                registry.url(),
                                database,
                                identity,
                                "--notifier.stream.buffer=16",
                                "--notifier.stream.close-grace=1s")
                        .awaitReady();
                var reading = notifier.stream(identity.token(borrower));
                var stalled = stalled(notifier, identity.token(borrower))) {
            reading.awaitSeen("ready");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> notifier.metrics().contains("notifier_stream_connections 2.0"));
            var status = "X".repeat(200_000);
            for (int version = 1; version <= 300; version++) {
                changes.publish(keyOf(borrower), APPLICATION, journey, version, status);
            }

            await().atMost(Duration.ofSeconds(90))
                    .until(() -> notifier.metrics().contains("notifier_stream_closed_total{reason=\"SLOW\"} 1.0"));
            reading.awaitLast(journey + ":300");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> notifier.metrics().contains("notifier_stream_connections 1.0"));
            assertEnds(stalled);
        }
    }

    private static Socket stalled(RunningNotifier notifier, String token) throws IOException {
        var uri = notifier.uri("/v1/stream");
        var socket = new Socket();
        socket.setReceiveBufferSize(8_192);
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
        socket.getOutputStream()
                .write(
                        ("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                                        + token + "\r\n\r\n")
                                .getBytes(US_ASCII));
        return socket;
    }

    /** What was under way when the connection was cut may still arrive; then it ends, in order or by a reset. */
    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(30_000);
        assertThat(readToEnd(socket)).isLessThan(300L * 200_000);
    }

    private static long readToEnd(Socket socket) throws IOException {
        var buffer = new byte[65_536];
        long read = 0;
        try {
            int count = 0;
            while (count >= 0) {
                read += count;
                count = socket.getInputStream().read(buffer);
            }
            return read;
        } catch (SocketException _) {
            return read;
        }
    }
}
