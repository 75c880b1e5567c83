package dev.borrowerjourney.notifier.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePropertiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"push.example", "*.push.example", "a-b.push.example"})
    void acceptsHosts(String host) {
        assertThat(new DeviceProperties(10, List.of(host), false).pushServices())
                .containsExactly(host);
    }

    /** One of these would open the list for far more than one push service. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*.com",
                "com",
                "localhost",
                "127.0.0.1",
                "*.0.0.1",
                "[::1]",
                "https://push.example",
                "push.example:8443",
                "push.*.example",
                "Push.Example",
                ""
            })
    void refusesWhatIsNoHost(String host) {
        assertThatThrownBy(() -> new DeviceProperties(10, List.of(host), false))
                .hasMessageContaining("notifier.devices.push-services");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 101})
    void refusesOddNumbers(int most) {
        assertThatThrownBy(() -> new DeviceProperties(most, List.of(), false))
                .hasMessageContaining("notifier.devices.max-per-borrower");
    }

    @Test
    void reachesLoopbackOnlyInTheSandbox() {
        var loopback = URI.create("http://127.0.0.1:8080/x");

        assertThat(new PushServices(List.of(), false).serviceOf(loopback)).isEmpty();
        assertThat(new PushServices(List.of(), true).serviceOf(loopback)).isPresent();
        assertThat(new PushServices(List.of(), true).serviceOf(URI.create("http://10.0.0.1/x")))
                .isEmpty();
    }
}
