package dev.borrowerjourney.ingest.sealing;

import dev.borrowerjourney.defaults.command.Arguments;
import dev.borrowerjourney.defaults.command.Audit;
import dev.borrowerjourney.defaults.command.JsonResult;
import dev.borrowerjourney.defaults.command.OperatorCommand;
import dev.borrowerjourney.defaults.command.Table;
import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.schemas.seal.SealKeyset;
import dev.borrowerjourney.schemas.seal.SealKeyset.Rotation;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/** {@code seal-keys list | rotate | destroy}. Works on files only: neither Kafka nor the other secrets are needed. */
class SealKeysCommand implements OperatorCommand {

    private static final Duration SETTLE = Duration.ofHours(1);

    /** A changed file takes its time to reach every service; until then a retired key still seals. */
    private static final Duration MARGIN = Duration.ofHours(1);

    private record Listed(
            String id,
            SealKeyset.Stage stage,
            @Nullable Instant addedAt,
            @Nullable Instant sealingFrom,
            @Nullable Instant sealingUntil) {

        static Listed of(SealKeyset.Key key) {
            return new Listed(hex(key.id()), key.stage(), key.addedAt(), key.sealingFrom(), key.sealingUntil());
        }
    }

    private final Environment environment;
    private final Clock clock;

    SealKeysCommand(Environment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public String verb() {
        return "seal-keys";
    }

    @Override
    public String help() {
        return """
                seal-keys list|rotate|destroy    the keys that seal one application's deliveries in the log
                  list    --application ID | --keyset FILE [--json FILE]
                  rotate  --application ID | --keyset FILE [--out FILE] [--settle DURATION] --by WHO --why TEXT [--json FILE]
                      the key that was added by the last rotation seals from now on, and another is added for the next;
                      stops if it was added less than --settle ago (1h)
                  destroy --application ID | --keyset FILE [--out FILE] [--keep DURATION] --by WHO --why TEXT [--json FILE]
                      removes keys that stopped sealing longer than --keep ago (%s: what the log keeps, and an hour)
                --application: seal/ID/keyset.json in the service's secrets directory; --out: another file to write to, because
                mounted secrets are read-only. keyset-times.json beside the keyset keeps the times of its keys.
                Exit code: 0 done or nothing to do, 1 not done, 2 wrong usage.""".formatted(hours(leastKept().plus(MARGIN)));
    }

    @Override
    public int run(List<String> arguments, PrintStream out) throws IOException {
        var rest = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        return switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "list" -> list(Arguments.parse(rest, "--application=", "--keyset=", "--json="), out);
            case "rotate" -> rotate(parse(rest, "--settle="), out);
            case "destroy" -> destroy(parse(rest, "--keep="), out);
            default -> throw new UsageException("list, rotate or destroy (expected: one of them first)");
        };
    }

    private static Arguments parse(List<String> rest, String own) {
        return Arguments.parse(rest, "--application=", "--keyset=", "--out=", own, "--by=", "--why=", "--json=");
    }

    private int list(Arguments arguments, PrintStream out) throws IOException {
        arguments.noWords();
        return show(source(arguments).read(), arguments, out);
    }

    private int rotate(Arguments arguments, PrintStream out) throws IOException {
        arguments.noWords();
        var audit = Audit.of("seal-keys rotate", arguments);
        var files = source(arguments);
        var settle = arguments.duration("--settle").orElse(SETTLE);
        return switch (files.read().rotate(clock.instant(), settle)) {
            case Rotation.Prepared(var keyset, var added) -> {
                target(arguments, files).write(keyset);
                audit.note(hex(added), "ADDED");
                out.println("key " + hex(added) + " added; it seals from the next rotation on, in " + hours(settle)
                        + " at the earliest");
                yield show(keyset, arguments, out);
            }
            case Rotation.Rotated(var keyset, var retired, var sealing, var added) -> {
                target(arguments, files).write(keyset);
                audit.note(hex(retired), "RETIRED");
                audit.note(hex(sealing), "SEALING");
                audit.note(hex(added), "ADDED");
                out.println("key " + hex(sealing) + " seals now, " + hex(retired) + " only opens, " + hex(added)
                        + " is next");
                yield show(keyset, arguments, out);
            }
            case Rotation.NotSettled(var next, var addedAt) -> {
                audit.note(hex(next), "NOT_SETTLED");
                System.err.println("key " + hex(next) + " was added at " + addedAt + ": readers may not know it yet"
                        + " (expected: at least " + hours(settle) + " ago); nothing was changed");
                yield FAILED;
            }
        };
    }

    private int destroy(Arguments arguments, PrintStream out) throws IOException {
        arguments.noWords();
        var audit = Audit.of("seal-keys destroy", arguments);
        var keep = arguments.duration("--keep").orElseGet(() -> leastKept().plus(MARGIN));
        if (keep.compareTo(leastKept()) < 0) {
            throw new UsageException("--keep: " + hours(keep) + " (expected: at least " + hours(leastKept())
                    + ", because the log still holds what the key sealed)");
        }
        var files = source(arguments);
        var keyset = files.read();
        var expired = keyset.expired(clock.instant(), keep);
        var left = expired.isEmpty() ? keyset : keyset.without(expired);
        if (!expired.isEmpty() || arguments.has("--out")) {
            target(arguments, files).write(left);
        }
        expired.forEach(key -> audit.note(hex(key.id()), "DESTROYED"));
        if (expired.isEmpty()) {
            audit.note("none", "NOTHING_TO_DESTROY");
        }
        out.println(expired.size() + " keys destroyed");
        return show(left, arguments, out);
    }

    private static int show(SealKeyset keyset, Arguments arguments, PrintStream out) throws IOException {
        var table = new Table("KEY", "STAGE", "ADDED", "SEALS FROM", "SEALS UNTIL");
        for (var key : keyset.keys()) {
            table.row(hex(key.id()), key.stage().name(), told(key.addedAt()), told(key.sealingFrom()), until(key));
        }
        table.print(out);
        JsonResult.write(arguments, keyset.keys().stream().map(Listed::of).toList());
        return OK;
    }

    private KeysetFiles source(Arguments arguments) {
        var file = arguments.path("--keyset");
        var application = arguments.uuid("--application");
        if (file.isPresent() == application.isPresent()) {
            throw new UsageException("--application or --keyset (expected: one of them)");
        }
        return new KeysetFiles(
                file.orElseGet(() -> secrets().resolve("seal/" + application.orElseThrow() + "/keyset.json")));
    }

    private static KeysetFiles target(Arguments arguments, KeysetFiles source) {
        return arguments.path("--out").map(KeysetFiles::new).orElse(source);
    }

    private Path secrets() {
        var directory = environment.getProperty("ingest.secrets-directory");
        if (directory == null) {
            throw new UsageException("ingest.secrets-directory: not set (expected: it, or --keyset)");
        }
        return Path.of(directory);
    }

    /** How long the log holds what is sealed. */
    private static Duration leastKept() {
        return Stream.of(TopicCatalogue.JOURNEY_SNAPSHOTS, TopicCatalogue.QUARANTINE, TopicCatalogue.DEAD_LETTERS)
                .map(name -> Objects.requireNonNull(TopicCatalogue.topic(name).retention()))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private static String until(SealKeyset.Key key) {
        return key.stage() == SealKeyset.Stage.RETIRED && key.sealingUntil() == null
                ? "unknown: never destroyed"
                : told(key.sealingUntil());
    }

    private static String told(@Nullable Instant instant) {
        return instant == null ? "-" : instant.toString();
    }

    private static String hex(int id) {
        return String.format("%08x", id);
    }

    private static String hours(Duration duration) {
        return duration.toHours() > 0 && duration.equals(Duration.ofHours(duration.toHours()))
                ? duration.toHours() + "h"
                : duration.toSeconds() + "s";
    }
}
