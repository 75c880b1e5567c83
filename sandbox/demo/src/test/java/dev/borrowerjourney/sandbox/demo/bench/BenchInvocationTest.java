package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchInvocationTest {

    @Test
    void takesTheBenchAndItsOptions() {
        assertThat(BenchInvocation.of("ingest")).isEqualTo(new BenchInvocation(false, false, null, List.of()));
        assertThat(BenchInvocation.of(
                        "ingest", "--quick", "--json", "figures.json", "--java", "-Xmx256m  -XX:+UseSerialGC"))
                .isEqualTo(new BenchInvocation(
                        false, true, Path.of("figures.json"), List.of("-Xmx256m", "-XX:+UseSerialGC")));
        assertThat(BenchInvocation.of("--help").help()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "egress", "--quick", "ingest --slow", "ingest ingest", "ingest --json", "ingest --java"})
    void refusesWhatItDoesNotUnderstand(String line) {
        var words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThatThrownBy(() -> BenchInvocation.of(words)).isInstanceOf(BenchInvocation.Misunderstood.class);
    }
}
