package dev.borrowerjourney.sandbox.demo.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for. There is one bench so far.
 *
 * @param java options of the measured service's virtual machine, or empty for the usual ones
 */
record BenchInvocation(
        boolean help, boolean quick, @Nullable Path json, List<String> java) {

    private static final String EXPECTED = " (expected: ingest, then options, see --help)";

    /** The command line asks for nothing that there is. */
    static final class Misunderstood extends RuntimeException {
        Misunderstood(String message) {
            super(message);
        }
    }

    static BenchInvocation of(String... arguments) {
        var words = new ArrayDeque<>(List.of(arguments));
        if (words.contains("--help")) {
            return new BenchInvocation(true, false, null, List.of());
        }
        var name = words.pollFirst();
        if (!"ingest".equals(name)) {
            throw new Misunderstood((name == null ? "no bench named" : "'" + name + "'") + EXPECTED);
        }
        boolean quick = false;
        Path json = null;
        List<String> java = List.of();
        while (!words.isEmpty()) {
            var word = words.removeFirst();
            switch (word) {
                case "--quick" -> quick = true;
                case "--java" -> java = List.of(value(word, words).strip().split(" +", -1));
                case "--json" -> json = Path.of(value(word, words));
                default -> throw new Misunderstood("'" + word + "'" + EXPECTED);
            }
        }
        return new BenchInvocation(false, quick, json, java);
    }

    private static String value(String option, ArrayDeque<String> words) {
        var value = words.pollFirst();
        if (value == null) {
            throw new Misunderstood(option + ": no value");
        }
        return value;
    }
}
