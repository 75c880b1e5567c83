package dev.borrowerjourney.sandbox.demo.tool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after a verb.
 *
 * @param arguments what is no option, in order
 * @param values options with a value, such as {@code --borrower}
 * @param flags options without one
 */
record Words(List<String> arguments, Map<String, String> values, Set<String> flags) {

    /** The command line asks for nothing that there is. */
    static final class Misunderstood extends IllegalArgumentException {
        Misunderstood(String message) {
            super(message);
        }
    }

    static Words of(String verb, List<String> typed, Set<String> withValue, Set<String> without) {
        var arguments = new ArrayList<String>();
        var values = new HashMap<String, String>();
        var flags = new HashSet<String>();
        var left = new ArrayDeque<>(typed);
        while (!left.isEmpty()) {
            var word = left.removeFirst();
            if (!word.startsWith("--")) {
                arguments.add(word);
            } else if (without.contains(word)) {
                flags.add(word);
            } else if (!withValue.contains(word)) {
                throw new Misunderstood(
                        verb + " '" + word + "' (expected: an option, see sandbox/run " + verb + " --help)");
            } else if (left.isEmpty()) {
                throw new Misunderstood(word + ": no value");
            } else {
                values.put(word, left.removeFirst());
            }
        }
        return new Words(List.copyOf(arguments), Map.copyOf(values), Set.copyOf(flags));
    }

    @Nullable
    String value(String option) {
        return values.get(option);
    }

    @Nullable
    Long number(String option, long least) {
        var text = values.get(option);
        if (text == null) {
            return null;
        }
        if (!text.matches("\\d{1,15}") || Long.parseLong(text) < least) {
            throw new Misunderstood(option + ": '" + text + "' (expected: a number, at least " + least + ")");
        }
        return Long.parseLong(text);
    }

    /** The only argument there may be. */
    String single(String what) {
        if (arguments.size() != 1) {
            throw new Misunderstood(
                    arguments.isEmpty() ? what + ": missing" : "'" + arguments.get(1) + "': one too many");
        }
        return arguments.getFirst();
    }

    void none() {
        if (!arguments.isEmpty()) {
            throw new Misunderstood("'" + arguments.getFirst() + "': one too many");
        }
    }
}
