package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProcessUsageTest {

    /** Against Java's own account of this process. */
    @Test
    void tellsTheTimeThatAProcessHasUsed() {
        var self = ProcessHandle.current();

        var usage = ProcessUsage.of(self.pid());

        double expected = self.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
        assertThat(usage.cpuSeconds()).isCloseTo(expected, within(5.0)).isPositive();
        assertThat(usage.residentMegabytes()).isGreaterThan(20);
    }

    @Test
    void tellsHowManyCoresWereBusyBetweenTwoLooks() {
        var earlier = new ProcessUsage(0, 10, 0);

        assertThat(new ProcessUsage(2_000_000_000, 13, 0).coresSince(earlier)).isEqualTo(1.5);
    }
}
