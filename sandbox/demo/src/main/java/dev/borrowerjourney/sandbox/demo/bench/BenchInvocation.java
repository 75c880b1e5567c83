package dev.borrowerjourney.sandbox.demo.bench;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param bench null if help is asked for
 * @param java options of the measured service's virtual machine, or empty for the usual ones
 */
record BenchInvocation(
        @Nullable Name bench, boolean quick, @Nullable Path json, List<String> java) {

    /** Benches that are measured here; {@code delivery} is the script's. */
    enum Name {
        INGEST,
        PROJECTOR,
        RELAY,
        STREAM
    }

    private static final String EXPECTED =
            " (expected: ingest, delivery, projector, relay or stream, then options, see --help)";

    /** The command line asks for nothing that there is. */
    static final class Misunderstood extends RuntimeException {
        Misunderstood(String message) {
            super(message);
        }
    }

    static BenchInvocation of(String... arguments) {
        var words = new ArrayDeque<>(List.of(arguments));
        if (words.contains("--help")) {
            return new BenchInvocation(null, false, null, List.of());
        }
        var name = name(words.pollFirst());
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
        return new BenchInvocation(name, quick, json, java);
    }

    private static Name name(@Nullable String word) {
        for (var name : Name.values()) {
            if (name.name().toLowerCase(Locale.ROOT).equals(word)) {
                return name;
            }
        }
        throw new Misunderstood((word == null ? "no bench named" : "'" + word + "'") + EXPECTED);
    }

    private static String value(String option, ArrayDeque<String> words) {
        var value = words.pollFirst();
        if (value == null) {
            throw new Misunderstood(option + ": no value");
        }
        return value;
    }
}
