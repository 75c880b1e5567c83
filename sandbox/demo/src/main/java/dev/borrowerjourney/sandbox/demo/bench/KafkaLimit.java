package dev.borrowerjourney.sandbox.demo.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Kafka's own {@code kafka-producer-perf-test}: what the broker takes from one producer that does nothing else, with the
 * best settings that were found (RATIONALE.md tells the search).
 */
final class KafkaLimit {

    static final List<String> JVM = List.of("-Xmx512m", "-XX:+UseParallelGC");

    static final List<String> PRODUCER = List.of(
            "acks=all",
            "enable.idempotence=true",
            "compression.type=none",
            "batch.size=262144",
            "linger.ms=5",
            "buffer.memory=67108864");

    private static final Pattern STEADY = Pattern.compile("^\\d+ steady state records sent, ([0-9.]+) records/sec");
    private static final long PATIENCE_MINUTES = 5;

    private final Path libraries;
    private final Path payloads;
    private final Path log;
    private final String bootstrapServers;

    /**
     * What one run came to.
     *
     * @param perSecond records, without those of the warm-up
     * @param cores that the producer kept busy on average, its start included
     */
    record Run(double perSecond, double cores, double brokerCores) {}

    KafkaLimit(Path libraries, Path payloads, Path log, String bootstrapServers) {
        this.libraries = libraries;
        this.payloads = payloads;
        this.log = log;
        this.bootstrapServers = bootstrapServers;
    }

    List<String> command(String topic, long records, long warmUp) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM);
        words.addAll(List.of("-cp", libraries + "/*", "org.apache.kafka.tools.ProducerPerformance"));
        words.addAll(List.of("--topic", topic, "--payload-file", payloads.toString(), "--throughput", "-1"));
        words.addAll(List.of("--num-records", Long.toString(records), "--warmup-records", Long.toString(warmUp)));
        words.add("--command-property");
        words.add("bootstrap.servers=" + bootstrapServers);
        words.addAll(PRODUCER);
        return words;
    }

    Run run(String topic, long records, long warmUp, long brokerPid) throws IOException, InterruptedException {
        var brokerBefore = ProcessUsage.of(brokerPid);
        var process = new ProcessBuilder(command(topic, records, warmUp))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var before = ProcessUsage.of(process.pid());
        var latest = before;
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        try {
            while (!process.waitFor(250, TimeUnit.MILLISECONDS)) {
                latest = look(process, latest);
                if (System.nanoTime() > until) {
                    throw new BenchFailed("limit: no end within " + PATIENCE_MINUTES + " min, see " + log);
                }
            }
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new BenchFailed("limit: ended with code " + process.exitValue() + ", see " + log);
        }
        var brokerCores = ProcessUsage.of(brokerPid).coresSince(brokerBefore);
        return new Run(rate(Files.readAllLines(log)), latest.coresSince(before), brokerCores);
    }

    private static ProcessUsage look(Process process, ProcessUsage otherwise) {
        try {
            return ProcessUsage.of(process.pid());
        } catch (UncheckedIOException _) {
            return otherwise;
        }
    }

    /** The tool prints a line each 5 s, at the end one of all records, and then one of those after the warm-up. */
    static double rate(List<String> printed) {
        return printed.stream()
                .map(STEADY::matcher)
                .filter(Matcher::find)
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .findFirst()
                .orElseThrow(() -> new BenchFailed("limit: printed no rate (expected: one of the steady state)"));
    }
}
