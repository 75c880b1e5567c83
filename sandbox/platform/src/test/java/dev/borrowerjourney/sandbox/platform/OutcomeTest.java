package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.sandbox.platform.borrower.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final Pattern ROW = Pattern.compile("\\{ name: '(\\w+)', pan: '(\\w+)', contactNumber: '(\\d+)' }");

    /** Whoever wants to see a case looks it up there; it must not lag behind. */
    @Test
    void standsInTheReadmeAsInTheCode() throws IOException {
        String table = Arrays.stream(Outcome.values())
                .map(row -> "| `" + row + "` | `" + row.pan() + "` | `" + row.contactNumber() + "` | " + row.meaning()
                        + " |\n")
                .collect(Collectors.joining());

        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    @Test
    void isWhatTheBorrowerPageOffers() throws IOException {
        var offered = ROW.matcher(Files.readString(Path.of("../borrower-page/sandbox.js")))
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(offered)
                .isEqualTo(Arrays.stream(Outcome.values())
                        .map(row -> "{ name: '%s', pan: '%s', contactNumber: '%s' }"
                                .formatted(row, row.pan(), row.contactNumber()))
                        .toList());
    }

    @Test
    void hasDataOfItsOwn() {
        assertThat(Outcome.values())
                .extracting(Outcome::pan)
                .doesNotHaveDuplicates()
                .allMatch(pan -> pan.matches("[A-Z]{5}\\d{4}[A-Z]"));
    }
}
