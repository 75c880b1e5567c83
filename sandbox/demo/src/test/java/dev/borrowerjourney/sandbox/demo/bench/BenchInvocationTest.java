package dev.borrowerjourney.sandbox.demo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.sandbox.demo.bench.BenchInvocation.Name;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchInvocationTest {

    @Test
    void takesTheBenchAndItsOptions() {
        assertThat(BenchInvocation.of("ingest")).isEqualTo(new BenchInvocation(Name.INGEST, false, null, List.of()));
        assertThat(BenchInvocation.of(
                        "ingest", "--quick", "--json", "figures.json", "--java", "-Xmx256m  -XX:+UseSerialGC"))
                .isEqualTo(new BenchInvocation(
                        Name.INGEST, true, Path.of("figures.json"), List.of("-Xmx256m", "-XX:+UseSerialGC")));
        assertThat(BenchInvocation.of("projector").bench()).isEqualTo(Name.PROJECTOR);
        assertThat(BenchInvocation.of("relay").bench()).isEqualTo(Name.RELAY);
        assertThat(BenchInvocation.of("stream").bench()).isEqualTo(Name.STREAM);
        assertThat(BenchInvocation.of("--help").bench()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "egress", "--quick", "ingest --slow", "ingest ingest", "ingest --json", "ingest --java"})
    void refusesWhatItDoesNotUnderstand(String line) {
        var words = line.isEmpty() ? new String[0] : line.split(" ", -1);

        assertThatThrownBy(() -> BenchInvocation.of(words)).isInstanceOf(BenchInvocation.Misunderstood.class);
    }
}
