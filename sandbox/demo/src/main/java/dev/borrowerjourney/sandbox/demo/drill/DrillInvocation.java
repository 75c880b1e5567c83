package dev.borrowerjourney.sandbox.demo.drill;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface DrillInvocation {

    /**
     * Run drills.
     *
     * @param seed null for one that differs each time
     */
    record Run(
            List<String> names,
            boolean quick,
            boolean full,
            @Nullable Long seed,
            @Nullable Path json) implements DrillInvocation {}

    /** Say which drills there are. */
    record Names() implements DrillInvocation {}

    record Help() implements DrillInvocation {}

    /** The command line asks for nothing that there is. */
    final class Misunderstood extends RuntimeException {
        Misunderstood(String message) {
            super(message);
        }
    }

    /** The names of all drills. */
    static List<String> known() {
        return Stream.concat(Drills.names().stream(), Stream.of(ProjectorRestart.NAME))
                .toList();
    }

    static DrillInvocation of(String... arguments) {
        var words = new ArrayDeque<>(List.of(arguments));
        if (words.contains("--help")) {
            return new Help();
        }
        if (words.contains("--list")) {
            return new Names();
        }
        return run(names(words.pollFirst()), words);
    }

    private static Run run(List<String> names, ArrayDeque<String> words) {
        boolean quick = false;
        boolean full = false;
        Long seed = null;
        Path json = null;
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            switch (word) {
                case "--quick" -> quick = true;
                case "--full" -> full = true;
                case "--seed" -> seed = number(word, words);
                case "--json" -> json = Path.of(value(word, words));
                default -> throw new Misunderstood("'" + word + "' (expected: an option, see --help)");
            }
        }
        return new Run(names, quick, full, seed, json);
    }

    private static List<String> names(@Nullable String name) {
        if ("all".equals(name)) {
            return known();
        }
        if (name == null || !known().contains(name)) {
            throw new Misunderstood((name == null ? "no drill named" : "'" + name + "'") + " (expected: all or one of "
                    + String.join(", ", known()) + ")");
        }
        return List.of(name);
    }

    private static long number(String option, ArrayDeque<String> words) {
        var text = value(option, words);
        if (!text.matches("[0-9]{1,18}")) {
            throw new Misunderstood(option + ": '" + text + "' (expected: a number of at most 18 digits)");
        }
        return Long.parseLong(text);
    }

    private static String value(String option, ArrayDeque<String> words) {
        var value = words.pollFirst();
        if (value == null) {
            throw new Misunderstood(option + ": no value");
        }
        return value;
    }
}
