package dev.borrowerjourney.projector;

import dev.borrowerjourney.schemas.testing.TestBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A broker in a process of its own, so that it can be stopped for a while and go on as if nothing had been. */
final class BrokerProcess implements AutoCloseable {

    private static final String ADDRESS = "listening on ";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    static BrokerProcess start() throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ADDRESS)) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return new BrokerProcess(process, line.substring(ADDRESS.length()));
            }
        }
        throw new IllegalStateException("the broker ended before it listened");
    }

    /** In the child: serves until its parent closes the pipe. */
    static void main() throws IOException {
        try (var broker = TestBroker.start()) {
            System.out.println(ADDRESS + broker.bootstrapServers());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private void signal(String name) throws IOException, InterruptedException {
        var code = new ProcessBuilder(List.of("kill", name, Long.toString(process.pid())))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("kill " + name + ": exit code " + code);
        }
    }
}
