package dev.borrowerjourney.session.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the statements of this service name of other schemas; who owns them grants views and nothing else. */
class GrantedViewsTest {

    private static final Pattern STATEMENT =
            Pattern.compile("\\b(FROM|JOIN|INTO|UPDATE)\\s+((journey|notification)\\.\\w+)");

    @Test
    void areAllThatIsReadOfOthers() throws IOException {
        var named = new TreeSet<String>();
        var written = new TreeSet<String>();
        try (var files = Files.walk(Path.of("src/main"))) {
            files.filter(file -> file.toString().matches(".*\\.(java|sql)"))
                    .flatMap(file -> STATEMENT.matcher(text(file)).results())
                    .forEach(found ->
                            (Set.of("FROM", "JOIN").contains(found.group(1)) ? named : written).add(found.group(2)));
        }

        assertThat(written).isEmpty();
        assertThat(named)
                .containsExactlyInAnyOrder(
                        "journey.current_journey",
                        "journey.timeline",
                        "journey.reconciliation_due",
                        "notification.presence");
        assertThat(named).containsAll(PostgresJourneys.VIEWS);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
