package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KafkaLimitTest {

    @Test
    void takesTheRateWithoutTheWarmUp() {
        var printed = List.of(
                "Warmup first 246548 records. Steady state results will print after the complete test summary.",
                "493096 records sent, 58632.104637 records/sec (112.68 MB/sec), 446.51 ms avg latency, 1122.00 ms max latency",
                "246548 steady state records sent, 68428.531779 records/sec (131.45 MB/sec), 439.91 ms avg latency");

        assertThat(KafkaLimit.rate(printed)).isEqualTo(68428.531779);
    }

    @Test
    void refusesARunThatToldNothing() {
        assertThatThrownBy(() -> KafkaLimit.rate(List.of("1 records sent, 2.0 records/sec")))
                .isInstanceOf(BenchFailed.class);
    }
}
