package dev.borrowerjourney.notifier.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.util.LocaleMatcher;
import com.ibm.icu.util.ULocale;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * All texts that a push can bear, by language; fewer than kinds. They are patterns of ICU's MessageFormat that take no argument, so
 * that nothing of a journey can get into them.
 */
final class Texts {

    /** Languages that there are texts for; the first one stands in for all others. */
    static final List<String> LANGUAGES = List.of("en", "hi");

    /** A title and a body. */
    record Text(String title, String body) {}

    /** What is told; a text each. */
    enum Said {
        ACTION_REQUIRED,
        OFFERS_READY,
        ENDED;

        static Said of(Kind kind) {
            return switch (kind) {
                case ACTION_REQUIRED -> ACTION_REQUIRED;
                case OFFERS_READY -> OFFERS_READY;
                case DISBURSED, REJECTED, EXPIRED, CLOSED -> ENDED;
            };
        }
    }

    private final Map<ULocale, Map<Said, Text>> texts = new LinkedHashMap<>();
    private final LocaleMatcher matcher;

    Texts() {
        var builder = LocaleMatcher.builder();
        for (var language : LANGUAGES) {
            var locale = new ULocale(language);
            texts.put(locale, read(locale));
            builder.addSupportedULocale(locale);
        }
        matcher = builder.setDefaultULocale(new ULocale(LANGUAGES.getFirst())).build();
    }

    /** In the language nearest to the one asked for. */
    Text of(Kind kind, Locale locale) {
        var nearest = Objects.requireNonNull(texts.get(matcher.getBestMatch(ULocale.forLocale(locale))));
        return Objects.requireNonNull(nearest.get(Said.of(kind)));
    }

    private static Map<Said, Text> read(ULocale locale) {
        var patterns = patterns(locale);
        var texts = new EnumMap<Said, Text>(Said.class);
        for (var said : Said.values()) {
            texts.put(said, new Text(text(patterns, locale, said + ".title"), text(patterns, locale, said + ".body")));
        }
        return texts;
    }

    private static Properties patterns(ULocale locale) {
        var resource = "/push/texts_" + locale + ".properties";
        try (var in = Objects.requireNonNull(Texts.class.getResourceAsStream(resource), resource);
                var reader = new InputStreamReader(in, UTF_8)) {
            var patterns = new Properties();
            patterns.load(reader);
            return patterns;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Properties patterns, ULocale locale, String key) {
        var pattern = patterns.getProperty(key);
        if (pattern == null || pattern.isBlank()) {
            throw new IllegalStateException(
                    "texts_" + locale + ": no " + key + " (expected: a text for all that is told)");
        }
        var format = new MessageFormat(pattern, locale);
        if (!format.getArgumentNames().isEmpty()) {
            throw new IllegalStateException("texts_" + locale + ": " + key + " takes " + format.getArgumentNames()
                    + " (expected: no argument)");
        }
        return format.format(Map.of());
    }
}
