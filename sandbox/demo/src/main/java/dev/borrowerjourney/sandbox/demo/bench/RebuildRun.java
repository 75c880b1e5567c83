package dev.borrowerjourney.sandbox.demo.bench;

import static dev.borrowerjourney.sandbox.demo.bench.IngestBench.say;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.SandboxSecrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The journeys made from the whole log once more, by the command that an operator gives, start of its JVM included. */
final class RebuildRun {

    private static final int LONGEST_MINUTES = 10;

    private final Demo demo;
    private final Layout layout;
    private final List<String> java;

    RebuildRun(Demo demo, Layout layout, List<String> java) {
        this.demo = demo;
        this.layout = layout;
        this.java = java;
    }

    /** @param different journeys that are not served as the rebuild made them */
    record Result(long records, double perSecond, long different) {}

    Result run() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        var shadow = command("--shadow", "--restart", "--rate", "0");
        double seconds = (System.nanoTime() - begun) / 1e9;
        long records = shadow.required("records").required("records").asLong();
        long different = 0;
        for (var count : command("--diff").required("counts")) {
            different += count.asLong();
        }
        var result = new Result(records, records / seconds, different);
        say("rebuild: %d records, %.0f records/s".formatted(records, result.perSecond()));
        return result;
    }

    private JsonNode command(String... words) throws IOException, InterruptedException {
        var json = layout.target().resolve("rebuild.json");
        var line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(java);
        line.addAll(settings());
        line.addAll(List.of("-jar", jar(), "rebuild"));
        line.addAll(List.of(words));
        line.addAll(List.of("--json", json.toString()));
        var said = layout.target().resolve("rebuild.log").toFile();
        var process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(said)
                .start();
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new BenchFailed("rebuild: not through after " + LONGEST_MINUTES + " min, see " + said);
        }
        if (process.exitValue() != 0) {
            throw new BenchFailed("rebuild: exit code " + process.exitValue() + ", see " + said);
        }
        return JsonMapper.shared().readTree(Files.readString(json));
    }

    private List<String> settings() {
        var postgres = demo.file().postgres();
        return List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dspring.datasource.url=jdbc:postgresql://%s:%d/%s"
                        .formatted(postgres.host(), postgres.port(), postgres.database()),
                "-Dspring.kafka.bootstrap-servers=" + demo.file().kafka().bootstrapServers(),
                "-Dspring.kafka.properties.schema.registry.url="
                        + demo.file().urls().schemaRegistry(),
                "-Dprojector.secrets-directory="
                        + new SandboxSecrets(layout.secrets()).directory(ProjectorBench.SERVICE));
    }

    private String jar() {
        return layout.built(ProjectorBench.SERVICE + "/target/" + ProjectorBench.SERVICE + ".jar")
                .toString();
    }
}
