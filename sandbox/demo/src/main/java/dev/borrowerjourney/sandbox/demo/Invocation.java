package dev.borrowerjourney.sandbox.demo;

import dev.borrowerjourney.sandbox.demo.tool.Tools;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Invocation {

    /** Start the demo and stay. */
    record Run(boolean fresh, List<String> only, @Nullable Path json) implements Invocation {}

    /** Drive borrowers through whole journeys. */
    record Drive(int count, int concurrency, @Nullable Path json) implements Invocation {}

    /** Speak to the demo that runs. */
    record Tool(String verb, List<String> words) implements Invocation {}

    record Help() implements Invocation {}

    /** The command line asks for nothing that there is. */
    final class Misunderstood extends RuntimeException {
        Misunderstood(String message) {
            super(message);
        }
    }

    static Invocation of(String... arguments) {
        var words = new ArrayDeque<>(List.of(arguments));
        var first = words.peekFirst();
        if (first != null && Tools.has(first)) {
            words.removeFirst();
            return new Tool(first, List.copyOf(words));
        }
        if (words.contains("--help")) {
            return new Help();
        }
        if ("journey".equals(words.peekFirst())) {
            words.removeFirst();
            return drive(words);
        }
        return run(words);
    }

    private static Run run(Deque<String> words) {
        boolean fresh = false;
        List<String> only = List.of();
        Path json = null;
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            switch (word) {
                case "--fresh" -> fresh = true;
                case "--only" -> only = List.of(value(word, words).split(","));
                case "--json" -> json = Path.of(value(word, words));
                default -> throw new Misunderstood("'" + word + "' (expected: a verb or an option, see --help)");
            }
        }
        return new Run(fresh, only, json);
    }

    private static Drive drive(Deque<String> words) {
        int count = 1;
        int concurrency = 20;
        Path json = null;
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            switch (word) {
                case "--count" -> count = number(word, words);
                case "--concurrency" -> concurrency = number(word, words);
                case "--json" -> json = Path.of(value(word, words));
                default -> throw new Misunderstood("journey '" + word + "' (expected: an option, see --help)");
            }
        }
        return new Drive(count, concurrency, json);
    }

    private static int number(String option, Deque<String> words) {
        var text = value(option, words);
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw new Misunderstood(option + ": '" + text + "' (expected: a number from 1 to 999999)");
        }
        return Integer.parseInt(text);
    }

    private static String value(String option, Deque<String> words) {
        var value = words.pollFirst();
        if (value == null) {
            throw new Misunderstood(option + ": no value");
        }
        return value;
    }
}
