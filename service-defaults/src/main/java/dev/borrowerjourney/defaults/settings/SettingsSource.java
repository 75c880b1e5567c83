package dev.borrowerjourney.defaults.settings;

import dev.borrowerjourney.defaults.settings.UnknownSettingsException.Unknown;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** One place settings come from, read for what nothing claims. */
abstract sealed class SettingsSource {

    /** What counts as a slip in a whole name. Two, since three turn many a foreign name into one of ours. */
    private static final int SLIPS = 2;

    final Set<String> prefixes;
    final KnownSettings known;
    final EnumerablePropertySource<?> source;

    private SettingsSource(Reader reader, EnumerablePropertySource<?> source) {
        this.prefixes = reader.prefixes();
        this.known = reader.known();
        this.source = source;
    }

    record Reader(Set<String> prefixes, KnownSettings known, List<String> foreignVariables) {

        SettingsSource of(EnumerablePropertySource<?> source) {
            return source instanceof SystemEnvironmentPropertySource
                    ? new Variables(this, source)
                    : new Properties(this, source);
        }
    }

    List<Unknown> unknown() {
        return Arrays.stream(source.getPropertyNames())
                .filter(this::unknown)
                .map(name -> new Unknown(name, place(name), nearest(name)))
                .toList();
    }

    abstract boolean unknown(String name);

    abstract String nearest(String name);

    abstract String place(String name);

    /** Environment variables: capitals and underscores, beside many of others. */
    static final class Variables extends SettingsSource {

        private final ForeignVariables foreign;

        private Variables(Reader reader, EnumerablePropertySource<?> source) {
            super(reader, source);
            this.foreign = ForeignVariables.of(source.getPropertyNames(), reader.foreignVariables());
        }

        @Override
        boolean unknown(String name) {
            if (foreign.contain(name) || known.claimsVariable(name)) {
                return false;
            }
            return prefixes.stream().anyMatch(prefix -> under(prefix, name)) || known.resembles(name, SLIPS);
        }

        private static boolean under(String prefix, String name) {
            var upper = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
            return upper.startsWith(prefix.toUpperCase(Locale.ROOT).replace('-', '_') + "_")
                    || upper.startsWith(prefix.toUpperCase(Locale.ROOT).replace("-", "") + "_");
        }

        @Override
        String nearest(String name) {
            return known.nearest(name).map(KnownSettings::variable).orElse("");
        }

        @Override
        String place(String name) {
            return "the environment";
        }
    }

    /** Everything else: yaml, system properties, command line, mounted trees. */
    static final class Properties extends SettingsSource {

        private Properties(Reader reader, EnumerablePropertySource<?> source) {
            super(reader, source);
        }

        @Override
        boolean unknown(String name) {
            var parsed = ConfigurationPropertyName.adapt(name, '.');
            if (parsed.isEmpty() || known.claims(parsed)) {
                return false;
            }
            var first = parsed.getElement(0, Form.UNIFORM);
            return prefixes.stream().anyMatch(prefix -> compact(prefix).equals(first))
                    ? !heading(name)
                    : misspelt(first, parsed) || known.resembles(name, SLIPS);
        }

        // A yaml section of which all lines are comments is an empty text.
        private boolean heading(String name) {
            return "".equals(String.valueOf(source.getProperty(name)));
        }

        // System properties are full of foreign names; files and arguments hold what somebody wrote for this service.
        private boolean misspelt(String first, ConfigurationPropertyName name) {
            return !StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME.equals(source.getName())
                    && name.getNumberOfElements() > 1
                    && prefixes.stream().anyMatch(prefix -> Edits.between(compact(prefix), first) == 1);
        }

        private static String compact(String prefix) {
            return prefix.replace("-", "");
        }

        @Override
        String nearest(String name) {
            return known.nearest(name).orElse("");
        }

        @Override
        String place(String name) {
            var origin = OriginLookup.getOrigin(source, name);
            return origin == null ? source.getName() : origin.toString();
        }
    }
}
