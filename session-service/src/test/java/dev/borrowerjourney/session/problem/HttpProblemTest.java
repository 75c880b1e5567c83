package dev.borrowerjourney.session.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpProblemTest {

    @ParameterizedTest
    @EnumSource
    void standsInTheReadme(HttpProblem problem) throws IOException {
        var name = problem.uri().toString().replace("urn:borrower-journey:problem:", "");

        assertThat(Files.readString(Path.of("README.md")))
                .contains("| `" + name + "` | " + problem.status().value() + " |");
    }
}
