package dev.borrowerjourney.defaults.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** The packaged jar as an operator runs it: a process with settings in its environment, and an exit code. */
public final class OperatorJar {

    /** How it ended, and what it printed. */
    public record Ended(int code, String out, String err) {

        /** The lines of the logger {@code audit}. */
        public List<String> audit() {
            return err.lines()
                    .filter(line -> line.startsWith("{") && line.contains("\"logger\":\"audit\""))
                    .toList();
        }
    }

    private final String service;
    private final Map<String, String> environment;

    private OperatorJar(String service, Map<String, String> environment) {
        this.service = service;
        this.environment = environment;
    }

    /**
     * The jar of the module whose tests run.
     *
     * @param environment settings as variables
     */
    public static OperatorJar of(String service, Map<String, String> environment) {
        return new OperatorJar(service, Map.copyOf(environment));
    }

    /** The same with one setting more, or another. */
    public OperatorJar with(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return of(service, more);
    }

    public Ended run(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                jar().toString()));
        command.addAll(List.of(arguments));
        try {
            var out = Files.createTempFile("operator", ".out");
            var err = Files.createTempFile("operator", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                Assertions.fail("not ended within five minutes: " + List.of(arguments));
            }
            var ended = new Ended(process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Path jar() {
        var jar = Path.of("target", service + ".jar").toAbsolutePath();
        Assertions.assertThat(jar).as("made by mvn package").isRegularFile();
        return jar;
    }
}
