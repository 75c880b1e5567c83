package dev.borrowerjourney.defaults.command;

import dev.borrowerjourney.defaults.settings.Edits;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/**
 * What stands on a command line after the verb: words and options. What is misspelt, doubled, incomplete or unreadable is
 * a {@link UsageException}.
 */
public final class Arguments {

    private final List<String> words = new ArrayList<>();
    private final Map<String, String> options = new HashMap<>();

    private Arguments() {}

    /**
     * Takes a command line apart; {@code --name value} and {@code --name=value} mean the same.
     *
     * @param known the options there are; a name that ends in = takes a value, as in {@code --json=}
     */
    public static Arguments parse(List<String> line, String... known) {
        var arguments = new Arguments();
        var rest = line.iterator();
        while (rest.hasNext()) {
            var next = rest.next();
            if (next.startsWith("--")) {
                arguments.option(next, rest, List.of(known));
            } else {
                arguments.words.add(next);
            }
        }
        return arguments;
    }

    /** What is no option, in its order. */
    public List<String> words() {
        return List.copyOf(words);
    }

    /** The one word that there must be. */
    public String word(String what) {
        if (words.size() != 1) {
            throw new UsageException(words.size() + " words (expected: one, " + what + ")");
        }
        return words.getFirst();
    }

    /** Refuses any word. */
    public void noWords() {
        if (!words.isEmpty()) {
            throw new UsageException("'" + words.getFirst() + "' (expected: options only)");
        }
    }

    public boolean has(String option) {
        return options.containsKey(option);
    }

    public Optional<String> text(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /** The value of an option that there must be. */
    public String needed(String option) {
        return text(option).orElseThrow(() -> new UsageException(option + ": missing (expected: a value)"));
    }

    public Optional<Path> path(String option) {
        return read(option, "a file", Path::of);
    }

    public Optional<UUID> uuid(String option) {
        return read(option, "a UUID", UUID::fromString);
    }

    /** As settings are written: {@code 90m}, {@code 30d}, {@code PT1H30M}. */
    public Optional<Duration> duration(String option) {
        return read(option, "a duration such as 90m, 30d or PT1H30M", Arguments::positive);
    }

    /** An instant, or a duration that counts back from now. */
    public Optional<Instant> moment(String option, Clock clock) {
        return read(
                option, "an instant such as 2026-03-05T16:48:30Z, or a duration such as 2h that counts back", text -> {
                    try {
                        return Instant.parse(text);
                    } catch (DateTimeException e) {
                        return clock.instant().minus(positive(text));
                    }
                });
    }

    /** A whole number from least on. */
    public Optional<Long> number(String option, long least) {
        return read(option, "a whole number, at least " + least, text -> {
            var number = Long.parseLong(text);
            if (number < least) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    private <T> Optional<T> read(String option, String expected, Function<String, T> reader) {
        return text(option).map(text -> {
            try {
                return reader.apply(text);
            } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
                throw new UsageException(option + ": '" + text + "' (expected: " + expected + ")");
            }
        });
    }

    private void option(String given, Iterator<String> rest, List<String> known) {
        int equals = given.indexOf('=');
        var name = equals < 0 ? given : given.substring(0, equals);
        if (options.containsKey(name)) {
            throw new UsageException(name + ": twice (expected: once)");
        }
        if (known.contains(name + "=")) {
            options.put(name, equals < 0 ? following(name, rest) : given.substring(equals + 1));
        } else if (known.contains(name) && equals < 0) {
            options.put(name, "");
        } else if (known.contains(name)) {
            throw new UsageException(name + ": a value (expected: none)");
        } else {
            throw unknown(name, known);
        }
    }

    private static String following(String name, Iterator<String> rest) {
        var value = rest.hasNext() ? rest.next() : "";
        if (value.isEmpty() || value.startsWith("--")) {
            throw new UsageException(name + ": no value (expected: one after it)");
        }
        return value;
    }

    private static UsageException unknown(String name, List<String> known) {
        var nearest = Stream.concat(known.stream(), Stream.of("--help"))
                .map(option -> option.replace("=", ""))
                .min(Comparator.comparingInt(option -> Edits.between(name, option)))
                .orElseThrow();
        return new UsageException(
                name + ": unknown (nearest: " + nearest + "; settings are given as environment variables or files)");
    }

    private static Duration positive(String text) {
        var duration = DurationStyle.detectAndParse(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException();
        }
        return duration;
    }
}
