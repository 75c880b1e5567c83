package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
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
final class OperatorJar {

    record Ended(int code, String out, String err) {

        /** The lines of the logger {@code audit}. */
        List<String> audit() {
            return err.lines()
                    .filter(line -> line.startsWith("{") && line.contains("\"logger\":\"audit\""))
                    .toList();
        }
    }

    private final Map<String, String> environment = new HashMap<>();

    OperatorJar(Path secrets, String brokers, String registry) {
        environment.put("INGEST_SECRETSDIRECTORY", secrets.toString());
        environment.put("INGEST_APPLICATIONS_0_APPLICATIONID", APPLICATION.toString());
        environment.put("INGEST_APPLICATIONS_0_TENANTID", TENANT.toString());
        environment.put("SPRING_KAFKA_BOOTSTRAPSERVERS", brokers);
        environment.put("SPRING_KAFKA_PROPERTIES_SCHEMA_REGISTRY_URL", registry);
    }

    OperatorJar with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Ended run(String... arguments) {
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

    private static Path jar() {
        var jar = Path.of("target", "webhook-ingest-service.jar").toAbsolutePath();
        Assertions.assertThat(jar).as("made by mvn package").isRegularFile();
        return jar;
    }
}
