package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
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
}
