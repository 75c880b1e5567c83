package dev.borrowerjourney.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.command.OperatorCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs commands as the jar does, in this JVM: a process each would cost most of a test's time. */
public final class Operator implements AutoCloseable {

    /** How a command ended, and what it printed. */
    public record Ended(int code, String out) {}

    private final ConfigurableApplicationContext context;

    public Operator(List<String> settings) {
        var all = new ArrayList<>(settings);
        all.add("--spring.flyway.enabled=false");
        all.add("--management.endpoint.health.validate-group-membership=false");
        context = new SpringApplicationBuilder(JourneyProjector.class)
                .web(WebApplicationType.NONE)
                .lazyInitialization(true)
                .run(all.toArray(String[]::new));
    }

    public Ended run(String verb, String... arguments) {
        var out = new ByteArrayOutputStream();
        var command = context.getBeanProvider(OperatorCommand.class).stream()
                .filter(known -> known.verb().equals(verb))
                .findFirst()
                .orElseThrow();
        try {
            var code = command.run(List.of(arguments), new PrintStream(out, true, UTF_8));
            return new Ended(code, out.toString(UTF_8));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean has(String bean) {
        return context.containsBean(bean);
    }

    @Override
    public void close() {
        context.close();
    }
}
