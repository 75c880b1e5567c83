package dev.borrowerjourney.sandbox.demo.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Prometheus takes the alerts, they fire when they should, and each tells what to do. */
class AlertsTest {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path ALERTS = ROOT.resolve("deploy/alerts");
    private static final Path TARGET = Path.of("target/alerts");
    private static final List<JsonObject> GROUPS = StrictManifests.render(ALERTS);

    static Stream<String> names() {
        return GROUPS.stream().map(AlertsTest::name);
    }

    /** Those that have tests of their own. */
    static Stream<String> tested() {
        return names().filter(name -> Files.exists(testsOf(name)));
    }

    static Stream<Arguments> testedAlerts() {
        return tested().flatMap(name -> rules(named(name)).map(rule -> Arguments.of(name, rule)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void areTakenByPrometheus(String name) {
        assertThat(promtool("check", "rules", write(name).toString())).contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("tested")
    void fireOnWhatTheyAreThereFor(String name) throws IOException {
        write(name);
        var tests = TARGET.resolve(name + ".tests.yaml");
        Files.writeString(tests, Files.readString(testsOf(name)));

        assertThat(promtool("test", "rules", tests.toString())).contains("SUCCESS");
    }

    @ParameterizedTest
    @MethodSource("testedAlerts")
    void areTested(String name, JsonObject rule) throws IOException {
        assertThat(Files.readString(testsOf(name)))
                .containsPattern("alertname: " + rule.get("alert").getAsString() + "\\n\\s+exp_alerts");
    }

    @ParameterizedTest
    @MethodSource("testedAlerts")
    void nameTheirRunbook(String name, JsonObject rule) throws IOException {
        var runbook =
                rule.getAsJsonObject("annotations").get("runbook").getAsString().split("#", 2);
        var text = Files.readString(ROOT.resolve(runbook[0]));

        if (runbook.length > 1) {
            var alert = rule.get("alert").getAsString();
            assertThat(runbook[1]).as(name).isEqualTo(alert.toLowerCase(Locale.ROOT));
            assertThat(text).contains("\n## " + alert + "\n");
        }
    }

    @Test
    void ofTheServicesOnABorrowersWayAreTested() {
        assertThat(tested()).contains("journey-projector", "notifications", "relay", "session-service");
    }

    @Test
    void expectAnOwnerForEachPartitionOfTheCatalogue() {
        int partitions = TopicCatalogue.topic(TopicCatalogue.JOURNEY_SNAPSHOTS).partitions();

        assertThat(rules(named("journey-projector"))
                        .filter(rule -> rule.get("alert").getAsString().equals("PartitionsUnowned"))
                        .map(rule -> rule.get("expr").getAsString()))
                .allSatisfy(expression -> assertThat(expression).endsWith(" < " + partitions))
                .hasSize(1);
    }

    /** What stands in the manifest, as Prometheus reads it from a file; JSON is YAML. */
    private static Path write(String name) {
        try {
            Files.createDirectories(TARGET);
            return Files.writeString(
                    TARGET.resolve(name + ".rules.yaml"),
                    named(name).getAsJsonObject("spec").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String promtool(String... arguments) {
        var command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var output = process.inputReader()) {
                return String.join("\n", output.readAllLines());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("promtool: is it installed? (Debian: prometheus)", e);
        }
    }

    private static Path testsOf(String name) {
        return ALERTS.resolve("tests/" + name + ".yaml");
    }

    private static Stream<JsonObject> rules(JsonObject manifest) {
        return manifest.getAsJsonObject("spec").getAsJsonArray("groups").asList().stream()
                .flatMap(group -> group.getAsJsonObject().getAsJsonArray("rules").asList().stream())
                .map(JsonElement::getAsJsonObject);
    }

    private static JsonObject named(String name) {
        return GROUPS.stream()
                .filter(manifest -> name(manifest).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + ": not there"));
    }

    private static String name(JsonObject manifest) {
        return manifest.getAsJsonObject("metadata").get("name").getAsString();
    }
}
