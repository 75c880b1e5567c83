package dev.borrowerjourney.sandbox.demo.edge;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What no run would show: a message that is missing only where nobody looked, a file that the kept shell lacks. */
class PageFilesTest {

    private static final Path PAGE = Path.of("../borrower-page");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^    '([^']+)': '(.*)',$");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    @Test
    void saysTheSameInEachLanguage() {
        var english = messages("en");
        var hindi = messages("hi");

        assertThat(english).hasSizeGreaterThan(200);
        assertThat(hindi.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet()).allSatisfy(key -> assertThat(places(hindi.getOrDefault(key, "")))
                .as(key)
                .isEqualTo(places(english.getOrDefault(key, ""))));
        assertThat(hindi).allSatisfy((key, text) -> assertThat(text).as(key).matches("(?s).*\\p{IsDevanagari}.*"));
    }

    @Test
    void hasEveryMessageThatIsAskedFor() {
        var asked = all(Pattern.compile("\\btext\\('([^']+)'"), modules());

        assertThat(asked).hasSizeGreaterThan(80);
        assertThat(messages("en").keySet()).containsAll(asked);
    }

    /** Whatever is not named there is missing when the app is opened without a network. */
    @Test
    void keepsTheWholeShell() {
        var named = all(Pattern.compile("(?m)^    '(/[^']*)',$"), read(PAGE.resolve("service-worker.js")));

        assertThat(named)
                .isEqualTo(files().stream()
                        .filter(file -> !file.startsWith("/pictures/"))
                        .filter(file -> !Set.of("/service-worker.js", "/README.md", "/icons/maskable.svg")
                                .contains(file))
                        .map(file -> file.equals("/index.html") ? "/" : file)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The policy forbids both; this names the file. */
    @Test
    void makesNoMarkupOfText() {
        assertThat(modules()).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        assertThat(read(PAGE.resolve("index.html"))).doesNotContainPattern("<script>|<style|style=|onclick=");
    }

    private static Map<String, String> messages(String language) {
        return MESSAGE.matcher(read(PAGE.resolve("messages/" + language + ".js")))
                .results()
                .collect(toMap(match -> match.group(1), match -> match.group(2), (_, second) -> second, TreeMap::new));
    }

    private static Set<String> places(String message) {
        return PLACE.matcher(message).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String modules() {
        return files().stream()
                .filter(file -> file.endsWith(".js"))
                .map(file -> read(PAGE.resolve(file.substring(1))))
                .collect(joining("\n"));
    }

    private static Set<String> files() {
        try (var found = Files.walk(PAGE)) {
            return found.filter(Files::isRegularFile)
                    .map(file -> "/" + PAGE.relativize(file))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
