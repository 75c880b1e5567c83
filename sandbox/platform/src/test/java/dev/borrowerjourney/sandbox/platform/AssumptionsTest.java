package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AssumptionsTest {

    /** Whoever adapts the sandbox to a real integration reads the README; it must not lag behind. */
    @Test
    void standInTheReadmeAsInTheCode() throws IOException {
        String table = Assumptions.rows().stream()
                .map(row -> "| `" + row.name() + "` | `" + row.value() + "` | " + row.meaning() + " |\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    /** Whoever plays a platform that differs changes one class. */
    @Test
    void areSpelledNowhereElse() throws IOException {
        List<String> values = Assumptions.rows().stream()
                .map(Assumptions.Row::value)
                .filter(value -> value.matches("/api/.*|journey\\..*|[A-Z]+_[A-Z_]+"))
                .map(value -> '"' + value + '"')
                .toList();
        assertThat(values).hasSizeGreaterThan(30);

        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("Assumptions.java"))
                    .toList()) {
                assertThat(Files.readString(source))
                        .as(source.getFileName().toString())
                        .doesNotContain(values);
            }
        }
    }
}
