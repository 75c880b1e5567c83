package dev.borrowerjourney.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReadmeTest {

    @ParameterizedTest
    @EnumSource(HttpProblem.class)
    void namesEveryProblem(HttpProblem problem) throws IOException {
        var name = problem.uri().toString().substring("urn:borrower-journey:problem:".length());

        assertThat(Files.readString(Path.of("README.md")))
                .contains("| `" + name + "` | " + problem.status().value() + " |");
    }
}
