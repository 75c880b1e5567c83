package dev.borrowerjourney.sandbox.demo.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void usesTheDocumentedPortsWhereNothingIsSet() {
        var ports = Ports.of(Map.of());

        assertThat(Arrays.stream(Port.values()).map(ports::of))
                .containsExactly(18080, 18081, 18082, 18083, 18084, 18085, 18086, 18087, 18088, 19092, 15432);
        assertThat(ports.managementUrl(Port.SESSION)).isEqualTo("http://127.0.0.1:19081");
    }

    @Test
    void movesPortAndItsManagementPort() {
        var ports = Ports.of(Map.of("SANDBOX_PORT_INGEST", "28082"));

        assertThat(ports.of(Port.INGEST)).isEqualTo(28082);
        assertThat(ports.second(Port.INGEST)).isEqualTo(29082);
    }

    @Test
    void refusesWhatIsNoPort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.of(Map.of("SANDBOX_PORT_EDGE", "http")))
                .withMessage("SANDBOX_PORT_EDGE: 'http' (expected: a number from 1 to 65535)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.of(Map.of("SANDBOX_PORT_SESSION", "65000")))
                .withMessageContaining("from 1 to 64535");
    }

    @Test
    void refusesTwoListenersOnOnePort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ports.of(Map.of("SANDBOX_PORT_EDGE", "19081")))
                .withMessageContaining("SANDBOX_PORT_EDGE")
                .withMessageContaining("SANDBOX_PORT_SESSION");
    }

    /** Two demos that start at once choose long before they listen. */
    @Test
    void givesNoPortTwice() {
        var numbers = Stream.generate(Ports::free)
                .limit(30)
                .flatMapToInt(ports -> Arrays.stream(Port.values())
                        .flatMapToInt(port ->
                                IntStream.of(ports.of(port), ports.second(port)).distinct()))
                .boxed()
                .toList();

        assertThat(numbers).doesNotHaveDuplicates();
    }

    @Test
    void namesTheSettingThatMovesTakenPort() throws Exception {
        var ports = Ports.free();

        try (var _ = new ServerSocket(ports.second(Port.NOTIFIER), 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.taken())
                    .singleElement()
                    .asString()
                    .contains(Integer.toString(ports.second(Port.NOTIFIER)), "SANDBOX_PORT_NOTIFIER");
        }
    }
}
