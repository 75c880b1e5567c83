package dev.borrowerjourney.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's table is what analysts and SREs read first, so it says what the catalogue says. */
class ReadmeTest {

    static Stream<Topic> topics() {
        return TopicCatalogue.topics().stream();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void tabulatesEveryTopicAsCatalogued(Topic topic) throws IOException {
        var writers = Stream.concat(Stream.of(topic.owner()), topic.alsoWrittenBy().stream());
        var stays = topic.retention() == null ? "compacted" : topic.retention().toDays() + " days";
        var row = "| `%s` | %s | `%s` | %d | %s | %s | %s |"
                .formatted(
                        topic.name(),
                        topic.key().replace(":", "`:`"),
                        topic.value(),
                        topic.partitions(),
                        stays,
                        String.join(", ", writers.toList()),
                        topic.dataClass());

        assertThat(Files.readAllLines(Path.of("README.md"))).contains(row);
    }
}
