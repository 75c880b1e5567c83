package dev.borrowerjourney.sandbox.platform.script;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.Switches;
import dev.borrowerjourney.sandbox.platform.fault.Limits;
import dev.borrowerjourney.sandbox.platform.webhook.Subscriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The scripts that come with the platform, and how one is read. A script that has a mistake is not begun. */
@Component
public class Scripts {

    private static final int LONGEST_TEXT = 64 * 1024;
    private static final int LONGEST_SECONDS = 3_600;
    private static final String NOWHERE = "none";

    private final JsonMapper json;
    private final List<Script> ready;

    Scripts(JsonMapper json) throws IOException {
        this.json = json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        Resource[] files = new PathMatchingResourcePatternResolver().getResources("classpath:/scripts/*.yaml");
        this.ready = Arrays.stream(files)
                .map(this::shipped)
                .sorted(Comparator.comparing(Script::name))
                .toList();
    }

    private record ScriptFile(
            @Nullable String about,
            @Nullable Long seed,
            @Nullable List<PhaseFile> phases) {}

    private record PhaseFile(
            @Nullable String name,
            @Nullable Double seconds,
            @Nullable ObjectNode switches,
            @Nullable List<LimitFile> limited,
            @Nullable String subscription,
            @Nullable Boolean rotate) {}

    private record LimitFile(
            @Nullable ObjectNode switches,
            @Nullable String borrower,
            @Nullable String path,
            @Nullable Integer calls) {}

    public List<Script> ready() {
        return ready;
    }

    public Optional<Script> named(String name) {
        return ready.stream().filter(script -> script.name().equals(name)).findFirst();
    }

    /**
     * Reads a script.
     *
     * @param text YAML, or JSON, which is YAML too
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public Script read(String text) {
        return read("", text);
    }

    private Script read(String name, String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException("A script has at most " + LONGEST_TEXT + " characters.");
        }
        try {
            JsonNode tree = json.valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
            if (!(tree instanceof ObjectNode)) {
                throw new IllegalArgumentException("A script is an object with phases.");
            }
            ScriptFile file = json.treeToValue(tree, ScriptFile.class);
            if (file.phases() == null || file.phases().isEmpty()) {
                throw new IllegalArgumentException("phases: none (expected: at least one)");
            }
            return new Script(
                    name,
                    file.about() == null ? "" : file.about(),
                    file.seed() == null ? 1 : file.seed(),
                    file.phases().stream().map(Scripts::phase).toList());
        } catch (YAMLException e) {
            throw new IllegalArgumentException("The script is no YAML: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The script is not as it must be: " + e.getOriginalMessage(), e);
        }
    }

    private static Script.Phase phase(PhaseFile file) {
        String name = file.name() == null ? "" : file.name();
        Double seconds = file.seconds();
        if (name.isBlank() || seconds == null || !(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw new IllegalArgumentException(
                    "phase '" + name + "': needs a name, and seconds above 0, at most " + LONGEST_SECONDS);
        }
        List<LimitFile> limited = file.limited() == null ? List.of() : file.limited();
        return new Script.Phase(
                name,
                Duration.ofMillis((long) (seconds * 1000)),
                switches(file.switches()),
                limited.stream().map(Scripts::limit).toList(),
                subscription(file.subscription()),
                Boolean.TRUE.equals(file.rotate()));
    }

    private static Script.Limit limit(LimitFile file) {
        Map<Switch, Object> switches = switches(file.switches());
        Limits.check(switches, file.borrower(), file.path(), file.calls());
        return new Script.Limit(switches, file.borrower(), file.path(), file.calls());
    }

    private static Map<Switch, Object> switches(@Nullable ObjectNode members) {
        return members == null ? Map.of() : Switches.State.values(members);
    }

    private static Script.@Nullable Subscription subscription(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.equals(NOWHERE)) {
            return new Script.Subscription(null);
        }
        URI url = URI.create(text);
        if (!Subscriptions.sendable(url)) {
            throw new IllegalArgumentException(
                    "subscription: " + text + " (expected: an http or https URL, or " + NOWHERE + ")");
        }
        return new Script.Subscription(url);
    }

    private Script shipped(Resource file) {
        String name = String.valueOf(file.getFilename()).replace(".yaml", "");
        try {
            return read(name, file.getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
