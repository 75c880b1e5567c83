package dev.borrowerjourney.defaults.settings;

import java.util.List;

/**
 * The first elements of the settings a service owns, such as {@code ingest}; a bean, best of a static method, because it
 * is asked for before all others. Whatever begins with one of them must be claimed by a settings record.
 */
public record OwnPrefixes(List<String> names) {

    public OwnPrefixes {
        names = List.copyOf(names);
        for (String name : names) {
            if (!name.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException("own prefix: " + name + " (expected: one element, as in ingest)");
            }
        }
    }

    public static OwnPrefixes of(String... names) {
        return new OwnPrefixes(List.of(names));
    }
}
