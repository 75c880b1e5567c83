package dev.borrowerjourney.sandbox.demo.journey;

import dev.borrowerjourney.sandbox.demo.component.Demo;
import dev.borrowerjourney.sandbox.demo.component.DemoFile;
import dev.borrowerjourney.sandbox.demo.place.Layout;
import dev.borrowerjourney.sandbox.demo.place.Ports;
import dev.borrowerjourney.sandbox.demo.process.Jvms;
import dev.borrowerjourney.sandbox.demo.process.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A demo of the tests' own: its ports, its data, the code of {@code sandbox/run}. */
final class WholeDemo implements AutoCloseable {

    private final Demo demo;
    private final Layout layout;
    private final DemoFile file;

    private WholeDemo(Demo demo, Layout layout) {
        this.demo = demo;
        this.layout = layout;
        this.file = demo.file();
    }

    /** All of it, with these settings of Boot's for each of the four services. */
    static WholeDemo start(Path target, Map<String, String> settings) throws IOException {
        var options = new ArrayList<>(
                List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders"));
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
        var services = List.of("session-service", "webhook-ingest-service", "journey-projector", "notifier-service");
        return start(target, new Jvms(services.stream().collect(Collectors.toMap(name -> name, _ -> options))));
    }

    /** Starts the named parts only, with what they need; all if none is named. */
    static WholeDemo start(Path target, String... only) throws IOException {
        return start(target, Jvms.small(), only);
    }

    private static WholeDemo start(Path target, Jvms jvms, String... only) throws IOException {
        var repository = Path.of("").toAbsolutePath().resolve("../..").normalize();
        var layout = new Layout(repository, target);
        var demo = new Demo(layout, Ports.free(), jvms);
        demo.takeOver();
        demo.beginAnew();
        try {
            demo.start(List.of(only), (name, millis) -> System.out.println(name + " ready after " + millis + " ms"));
            return new WholeDemo(demo, layout);
        } catch (RuntimeException e) {
            demo.close();
            throw e;
        }
    }

    Layout layout() {
        return layout;
    }

    /** How an operator command ended. */
    record Ended(int status, String output, String errors) {}

    /** Runs a service's jar with a verb, with the settings of the service that runs. */
    Ended command(String service, List<String> words) throws IOException, InterruptedException {
        var output = layout.target().resolve("command.out");
        var errors = layout.target().resolve("command.err");
        var process = jar(service, words)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError(words + " does not end:\n" + Files.readString(errors));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    /** Starts one more instance of a service, with the settings of the one that runs and others that win. */
    Process another(String service, List<String> settings) throws IOException {
        var log = layout.logs().resolve(service + "-another.log");
        return jar(service, settings)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private ProcessBuilder jar(String service, List<String> words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                layout.built(service + "/target/" + service + ".jar").toString()));
        command.addAll(words);
        var builder = new ProcessBuilder(command);
        builder.environment()
                .put("SPRING_CONFIG_ADDITIONAL_LOCATION", layout.settings().resolve(service) + "/");
        return builder;
    }

    DemoFile file() {
        return file;
    }

    Running process(String name) {
        return demo.running().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    List<Running> processes() {
        return demo.running();
    }

    /** Stands still until it is told to go on, as a machine does that is cut off. */
    void pause(String name) throws IOException, InterruptedException {
        signal("STOP", name);
    }

    void resume(String name) throws IOException, InterruptedException {
        signal("CONT", name);
    }

    private void signal(String signal, String name) throws IOException, InterruptedException {
        new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process(name).pid())
                .inheritIO()
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        demo.close();
    }
}
