package dev.borrowerjourney.schemas.registration;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.borrowerjourney.schemas.registration.Outcome.Incompatible;
import dev.borrowerjourney.schemas.registration.Outcome.Registered;
import dev.borrowerjourney.schemas.registration.Outcome.Registrable;
import dev.borrowerjourney.schemas.registration.Outcome.Unchanged;
import dev.borrowerjourney.schemas.topic.Topic;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code java -jar schemas-registration.jar}: exit code 0 ok, 1 failed, 2 usage. */
public final class RegistrationCommand {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private static final String HELP = """
            Registers the schemas of the event contract, one subject a topic, FULL_TRANSITIVE.

            java -jar schemas-registration.jar register --dry-run|--apply --registry URL [--json FILE]

              --dry-run        says what would be registered, and changes nothing
              --apply          registers what is new and compatible; registers nothing if any schema is incompatible
              --registry URL   the Confluent-compatible API, for example http://127.0.0.1:18087/apis/ccompat/v7
              --json FILE      writes the outcome of each subject as JSON, too
              --help           this text

            Exit code: 0 ok, 1 incompatible or registry not reachable, 2 wrong usage.
            """;

    private final PrintStream out;
    private final PrintStream err;

    RegistrationCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        System.exit(new RegistrationCommand(System.out, System.err).run(args));
    }

    int run(String... args) {
        if (List.of(args).contains("--help")) {
            out.print(HELP);
            return OK;
        }
        try {
            return register(RegistrationArguments.of(args));
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\n\n" + HELP);
            return USAGE;
        }
    }

    private int register(RegistrationArguments arguments) {
        try (var client = new CachedSchemaRegistryClient(arguments.registry().toString(), 100)) {
            var registration = new Registration(client);
            var outcomes = new LinkedHashMap<Topic, Outcome>();
            for (var topic : TopicCatalogue.topics()) {
                outcomes.put(topic, registration.check(topic));
            }
            if (arguments.apply() && outcomes.values().stream().noneMatch(Incompatible.class::isInstance)) {
                for (var topic : TopicCatalogue.topics()) {
                    outcomes.put(topic, registration.apply(topic));
                }
            }
            return tell(outcomes, arguments);
        } catch (RestClientException e) {
            err.println("registry " + arguments.registry() + ": answered " + e.getStatus() + " " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            err.println("registry " + arguments.registry() + ": " + e
                    + " (is --registry the Confluent-compatible API, and is it up?)");
            return FAILED;
        }
    }

    private int tell(Map<Topic, Outcome> outcomes, RegistrationArguments arguments) throws IOException {
        outcomes.forEach((topic, outcome) -> out.println(topic.subject() + " " + words(outcome)));
        if (arguments.json() != null) {
            var report = new LinkedHashMap<String, String>();
            outcomes.forEach((topic, outcome) -> report.put(topic.subject(), words(outcome)));
            Files.write(
                    arguments.json(),
                    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        }
        return outcomes.values().stream().anyMatch(Incompatible.class::isInstance) ? FAILED : OK;
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case Unchanged(int id) -> "unchanged, id " + id;
            case Registered(int id) -> "registered, id " + id;
            case Registrable() -> "would be registered";
            case Incompatible(List<String> reasons) -> "INCOMPATIBLE: " + String.join("; ", reasons);
        };
    }
}
