package dev.borrowerjourney.ingest.delivery;

import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.APPLICATION;
import static dev.borrowerjourney.ingest.delivery.DeliveryFixtures.TENANT;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.ingest.WebhookIngestService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs commands as the jar does, in this JVM: a process each would cost most of a test's time. */
final class Operator implements AutoCloseable {

    record Ended(int code, String out) {}

    private final ConfigurableApplicationContext context;

    Operator(Path secrets, String brokers, String registry, String... more) {
        var settings = Stream.concat(
                Stream.of(
                        "--spring.kafka.bootstrap-servers=" + brokers,
                        "--spring.kafka.properties.schema.registry.url=" + registry,
                        "--ingest.secrets-directory=" + secrets,
                        "--ingest.applications[0].application-id=" + APPLICATION,
                        "--ingest.applications[0].tenant-id=" + TENANT),
                Arrays.stream(more));
        context = new SpringApplicationBuilder(WebhookIngestService.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .run(settings.toArray(String[]::new));
    }

    Ended run(String verb, String... arguments) throws Exception {
        var out = new ByteArrayOutputStream();
        var command = context.getBeanProvider(OperatorCommand.class).stream()
                .filter(known -> known.verb().equals(verb))
                .findFirst()
                .orElseThrow();
        var code = command.run(List.of(arguments), new PrintStream(out, true, UTF_8));
        return new Ended(code, out.toString(UTF_8));
    }

    @Override
    public void close() {
        context.close();
    }
}
