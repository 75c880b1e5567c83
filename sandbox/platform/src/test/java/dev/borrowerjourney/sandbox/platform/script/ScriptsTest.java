package dev.borrowerjourney.sandbox.platform.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.sandbox.platform.Switch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ScriptsTest {

    final Scripts scripts = scripts();

    @Test
    void standInTheReadmeAsTheyAre() throws IOException {
        String table = scripts.ready().stream()
                .map(script -> "| `%s` | %d s | %s |%n"
                        .formatted(script.name(), script.lasts().toSeconds(), script.about()))
                .collect(Collectors.joining());

        assertThat(scripts.ready()).extracting(Script::name).contains("outage", "storm", "rotation");
        assertThat(Files.readString(Path.of("README.md"))).contains(table);
    }

    @Test
    void readsYamlAndJsonAlike() {
        Script yaml = scripts.read("""
                about: one
                seed: 9
                phases:
                  - name: first
                    seconds: 0.5
                    switches: {dropped: 1, reorder: true}
                    subscription: none
                    rotate: true
                    limited:
                      - {switches: {failedAnswers: 1}, path: /api/v1/headless/journeys, calls: 3}
                """);

        assertThat(yaml).isEqualTo(scripts.read("""
                {"about":"one","seed":9,"phases":[{"name":"first","seconds":0.5,
                "switches":{"dropped":1,"reorder":true},"subscription":"none","rotate":true,"limited":
                [{"switches":{"failedAnswers":1},"path":"/api/v1/headless/journeys","calls":3}]}]}"""));
        assertThat(yaml.phases().getFirst().switches()).containsEntry(Switch.DROPPED, 1.0);
        assertThat(yaml.lasts()).hasMillis(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | A script is an object with phases",
                "about: x | phases: none",
                "phase: [] | not as it must be",
                "'{' | The script is no YAML",
                "phases: [{name: a}] | needs a name, and seconds",
                "phases: [{name: a, seconds: 3601}] | needs a name, and seconds",
                "phases: [{name: a, seconds: 1, switches: {drop: 1}}] | known are webhooks",
                "phases: [{name: a, seconds: 1, switches: {dropped: 2}}] | dropped: 2.0 (expected: 0 to 1)",
                "phases: [{name: a, seconds: 1, subscription: 'localhost:3000/hook'}] | subscription: localhost:3000/hook",
                "phases: [{name: a, seconds: 1, subscription: somewhere}] | expected: an http or https URL, or none",
                "'!!java.net.URL [\"http://127.0.0.1\"]' | The script is no YAML"
            })
    void refusesAScriptWithAMistake(String text, String message) {
        assertThatThrownBy(() -> scripts.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Scripts scripts() {
        try {
            return new Scripts(new JsonMapper());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
