package dev.borrowerjourney.defaults.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-05T16:48:30Z"), ZoneOffset.UTC);

    @Test
    void tellsWordsFromOptions() {
        var arguments = parse("evt_1", "--by", "sre-7", "--why=an incident", "--all", "evt_2");

        assertThat(arguments.words()).containsExactly("evt_1", "evt_2");
        assertThat(arguments.needed("--by")).isEqualTo("sre-7");
        assertThat(arguments.text("--why")).contains("an incident");
        assertThat(arguments.has("--all")).isTrue();
        assertThat(arguments.has("--json")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--jsno FILE          | --jsno: unknown (nearest: --json;",
                "--hepl               | --hepl: unknown (nearest: --help;",
                "--by                 | --by: no value",
                "--by --all           | --by: no value",
                "--all=yes            | --all: a value",
                "--all --all          | --all: twice",
                "--by a --by=b        | --by: twice"
            })
    void refusesWhatMeansNothing(String line, String complaint) {
        assertThatThrownBy(() -> parse(line.split(" +", -1)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(complaint);
    }

    @Test
    void readsValues() {
        assertThat(parse("--since", "2h").moment("--since", CLOCK)).contains(Instant.parse("2026-03-05T14:48:30Z"));
        assertThat(parse("--since", "2026-01-01T00:00:00Z").moment("--since", CLOCK))
                .contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(parse("--since", "PT1H30M").duration("--since")).contains(Duration.ofMinutes(90));
        assertThat(parse("--limit", "7").number("--limit", 1)).contains(7L);
        assertThat(parse("--json", "out.json").path("--json")).contains(Path.of("out.json"));
        assertThat(parse().number("--limit", 1)).isEmpty();
    }

    @Test
    void saysWhatItExpected() {
        assertThatThrownBy(() -> parse("--limit", "0").number("--limit", 1))
                .hasMessage("--limit: '0' (expected: a whole number, at least 1)");
        assertThatThrownBy(() -> parse("--since", "yesterday").moment("--since", CLOCK))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--since: 'yesterday'");
        assertThatThrownBy(() -> parse("--since=-2h").duration("--since")).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> parse("--since", "99999999999999999d").moment("--since", CLOCK))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> parse().needed("--by")).hasMessage("--by: missing (expected: a value)");
        assertThatThrownBy(() -> parse("a", "b").word("an event id"))
                .hasMessage("2 words (expected: one, an event id)");
        assertThatThrownBy(() -> parse("a").noWords()).hasMessage("'a' (expected: options only)");
    }

    /** What the masking of log lines would blot out tells nobody who it was. */
    @Test
    void takesNobodyForOperatorWhoseNameCannotBeLogged() {
        assertThatThrownBy(() -> Audit.of("x", parse("--by", "somebody@bank.example", "--why", "w")))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--by: looks like")
                .hasMessageNotContaining("somebody");
        assertThatThrownBy(() -> Audit.of("x", parse("--by", "sre-7"))).hasMessageStartingWith("--why: missing");
        assertThat(Audit.ofReading("x", parse())).isEqualTo(new Audit("x", "unnamed", "not told"));
    }

    private static Arguments parse(String... line) {
        return Arguments.parse(List.of(line), "--by=", "--why=", "--json=", "--limit=", "--since=", "--all");
    }
}
