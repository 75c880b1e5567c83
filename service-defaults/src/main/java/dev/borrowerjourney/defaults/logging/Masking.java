package dev.borrowerjourney.defaults.logging;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces what looks secret or personal in a text. A net, not a permission: nothing of the kind is meant to be logged
 * in the first place. Ids, offsets and instants pass.
 */
public final class Masking {

    private static final List<Rule> RULES = List.of(
            new Rule("\\b(sk|bst)_[A-Za-z0-9_-]+", "$1_***"),
            new Rule("(?i)\\b(bearer)\\s+[A-Za-z0-9._~+/=-]+", "$1 ***"),
            new Rule("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*", "***"),
            new Rule("(?i)(\"[a-z_-]*(?:token|secret|password|api_?key)\"\\s*:\\s*\")[^\"]*+\"", "$1***\""),
            new Rule("(?<![A-Za-z0-9])[A-Z]{5}[0-9]{4}[A-Z](?![A-Za-z0-9])", "***"),
            // Possessive and bounded to the left: a long word without an @ is looked at once, not once a letter.
            new Rule(
                    "(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]++@[A-Za-z0-9-]++(?:\\.[A-Za-z0-9-]++)*\\.[A-Za-z]{2,}",
                    "***"),
            new Rule(
                    "(?<![A-Za-z0-9])(?<!\\d[.-])(?<!offset[ =:]{1,2})(?:\\+91[ -]?|0)?[6-9]\\d{4}[ -]?\\d{5}(?![A-Za-z0-9])(?![.-]\\d)",
                    "***"));

    private Masking() {}

    public static String mask(String text) {
        var masked = text;
        for (var rule : RULES) {
            masked = rule.apply(masked);
        }
        return masked;
    }

    private record Rule(Pattern pattern, String replacement) {

        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        String apply(String text) {
            return pattern.matcher(text).replaceAll(replacement);
        }
    }
}
