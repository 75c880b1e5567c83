package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

    /** A child's time must not be lost with it, or the whole would seem to use less than before. */
    @Test
    void countsWhatEndedChildrenUsed() throws Exception {
        var busy = "(i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done)";
        var shell = new ProcessBuilder("sh", "-c", busy + "; sleep 120 & wait").start();
        try {
            await().atMost(Duration.ofMinutes(1)).until(() -> shell.descendants()
                    .anyMatch(each -> each.info().command().orElse("").endsWith("sleep")));

            assertThat(ProcessUsage.ofTree(shell.toHandle()).cpuSeconds())
                    .isGreaterThan(ProcessUsage.of(shell.pid()).cpuSeconds());
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().onExit().get(1, TimeUnit.MINUTES);
        }
    }

    @Test
    void tellsHowManyCoresWereBusyBetweenTwoLooks() {
        var earlier = new ProcessUsage(0, 10, 0);

        assertThat(new ProcessUsage(2_000_000_000, 13, 0).coresSince(earlier)).isEqualTo(1.5);
    }
}
