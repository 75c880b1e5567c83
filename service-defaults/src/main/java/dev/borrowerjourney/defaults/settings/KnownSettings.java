package dev.borrowerjourney.defaults.settings;

import dev.borrowerjourney.defaults.settings.Shape.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** All settings that the records of a service claim, and how near another name comes to one. */
final class KnownSettings {

    private record Root(ConfigurationPropertyName prefix, Shape shape) {

        boolean claims(ConfigurationPropertyName name) {
            return (prefix.isAncestorOf(name) || prefix.equals(name))
                    && shape.claims(name, prefix.getNumberOfElements());
        }

        boolean claims(List<String> words, Spelling spelling) {
            var own = Arrays.stream(prefix.toString().split("\\.", -1))
                    .flatMap(element -> spelling.words(element).stream())
                    .toList();
            return words.size() >= own.size()
                    && words.subList(0, own.size()).equals(own)
                    && shape.claims(words, own.size(), spelling);
        }
    }

    private final List<Root> roots = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    void add(String prefix, Shape shape) {
        roots.add(new Root(ConfigurationPropertyName.of(prefix), shape));
        shape.names(prefix, names);
    }

    boolean claims(ConfigurationPropertyName name) {
        return roots.stream().anyMatch(root -> root.claims(name));
    }

    boolean claimsVariable(String variable) {
        var words = Arrays.asList(variable.toUpperCase(Locale.ROOT).split("[^A-Z0-9]", -1));
        return Stream.of(Spelling.values())
                .anyMatch(spelling -> roots.stream().anyMatch(root -> root.claims(words, spelling)));
    }

    /** The known name that most resembles another one; none if nothing is known at all. */
    Optional<String> nearest(String name) {
        var compact = compact(name);
        return names.stream().min(Comparator.comparingInt(known -> Edits.between(compact, compact(known))));
    }

    /** Whether a name is a known one but for a slip or two, wherever in it they are. */
    boolean resembles(String name, int most) {
        var compact = compact(name);
        return names.stream().anyMatch(known -> Edits.between(compact, compact(known)) <= most);
    }

    static String variable(String name) {
        return name.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replaceAll("[^A-Z0-9<>]+", "_")
                .replaceAll("_$", "");
    }

    private static String compact(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
