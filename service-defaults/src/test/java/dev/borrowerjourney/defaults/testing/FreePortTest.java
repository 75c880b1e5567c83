package dev.borrowerjourney.defaults.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void givesOutEachOnce() {
        assertThat(IntStream.range(0, 500).map(_ -> FreePort.next()).boxed()).doesNotHaveDuplicates();
    }

    /** Those that the system gives out are what may be gone a moment later. */
    @Test
    void keepsApartFromWhatTheSystemGivesOut() throws IOException {
        var given = FreePort.next();
        for (int i = 0; i < 200; i++) {
            try (var system = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                assertThat(system.getLocalPort()).isGreaterThan(given);
            }
        }
    }

    @Test
    void canBeListenedOn() throws IOException {
        var port = FreePort.next();
        try (var listening = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(listening.getLocalPort()).isEqualTo(port);
        }
    }
}
