package dev.borrowerjourney.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.ingest.snapshot.BodyFuzzer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Runs each target from the kept corpus on: for a fixed number of inputs from a fixed seed, or for the seconds of the
 * system property {@code fuzz.seconds} from a random one. What was new is left in {@code target/fuzz}.
 */
class FuzzIT {

    private static final long SECONDS = Long.getLong("fuzz.seconds", 0);
    private static final int INPUTS = 30_000;

    @Test
    void readsAnyBody() throws Exception {
        fuzz(BodyFuzzer.class.getName(), "body");
    }

    @Test
    void readsAnyHeaders() throws Exception {
        fuzz("dev.borrowerjourney.ingest.delivery.HeadersFuzzer", "headers");
    }

    private static void fuzz(String target, String corpus) throws IOException, InterruptedException {
        var directory = Files.createDirectories(Path.of("target", "fuzz", corpus));
        var fresh = Files.createDirectories(directory.resolve("corpus"));
        var log = directory.resolve("log.txt");
        var process = new ProcessBuilder(command(target, directory, fresh, kept(corpus)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(SECONDS + 300, TimeUnit.SECONDS))
                    .as("ends, see %s", log)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).contains("Done ");
    }

    private static List<String> command(String target, Path directory, Path fresh, Path kept) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-Dlogback.configurationFile=fuzz-logback.xml"));
        if (SECONDS == 0) {
            // So few inputs end before a better compiler has paid for itself.
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer"));
        command.add("--target_class=" + target);
        command.add("--instrumentation_includes=dev.borrowerjourney.ingest.**");
        command.add("--reproducer_path=" + directory);
        command.add("-artifact_prefix=" + directory + "/");
        command.add("-max_len=8192");
        command.add("-timeout=10");
        command.addAll(SECONDS > 0 ? List.of("-max_total_time=" + SECONDS) : List.of("-runs=" + INPUTS, "-seed=1"));
        command.add(fresh.toString());
        command.add(kept.toString());
        return command;
    }

    private static Path kept(String corpus) {
        return Path.of("src", "test", "fuzz", corpus);
    }
}
