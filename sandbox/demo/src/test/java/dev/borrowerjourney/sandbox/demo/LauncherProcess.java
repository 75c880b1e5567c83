package dev.borrowerjourney.sandbox.demo;

import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Port;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher as a process of its own, from the jar that {@code sandbox/run} uses. */
final class LauncherProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Process process;
    private final Layout layout;
    private final Path output;

    private LauncherProcess(Process process, Layout layout, Path output) {
        this.process = process;
        this.layout = layout;
        this.output = output;
    }

    /** The checkout that the tests run in. */
    static Path repository() {
        return Path.of("").toAbsolutePath().resolve("../..").normalize();
    }

    static LauncherProcess start(Layout layout, Ports ports, String... arguments) throws IOException {
        Files.createDirectories(layout.target());
        var output = Files.createTempFile(layout.target(), "launcher-", ".out");
        var jars = repository().resolve("sandbox/demo/target");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsandbox.repository=" + layout.repository(),
                "-Dsandbox.target=" + layout.target(),
                "-Dlogback.configurationFile=launcher-logback.xml",
                "-cp",
                jars.resolve("sandbox-demo.jar") + ":" + jars.resolve("lib") + "/*",
                Sandbox.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        for (var port : Port.values()) {
            builder.environment().put(port.setting(), Integer.toString(ports.of(port)));
        }
        return new LauncherProcess(builder.start(), layout, output);
    }

    LauncherProcess awaitReady() {
        return awaitLine("Ready");
    }

    LauncherProcess awaitLine(String part) {
        await().atMost(PATIENCE).until(() -> output().contains(part) || !process.isAlive());
        if (!output().contains(part)) {
            throw new AssertionError("the launcher ended before '" + part + "':\n" + output());
        }
        return this;
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the launcher does not end:\n" + output());
        }
        return process.exitValue();
    }

    /** Like Ctrl-C in a terminal or a polite kill. */
    LauncherProcess terminate() {
        process.destroy();
        return this;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that the launcher started, and everything that those started. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    ProcessHandle child(String name) throws IOException {
        return Files.readAllLines(layout.runFile()).stream()
                .map(line -> line.split(" ", -1))
                .filter(words -> words[0].equals(name))
                .flatMap(words -> ProcessHandle.of(Long.parseLong(words[1])).stream())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
