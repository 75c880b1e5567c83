package dev.borrowerjourney.defaults.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Environment variables that others set and that begin like ours by chance. Kubernetes puts some into every pod for each
 * Service of the namespace, such as {@code SESSION_SERVICE_PORT_8080_TCP} for one named session-service.
 */
final class ForeignVariables {

    private static final String LINK = "_SERVICE_HOST";
    private static final Set<String> DESKTOP = Set.of("SESSION_MANAGER");

    private final Set<String> named = new HashSet<>(DESKTOP);
    private final Pattern links;

    /**
     * Knows the foreign ones among all names.
     *
     * @param all the names of all environment variables, among them those that betray a Service
     * @param foreign the names an operator has declared foreign
     */
    ForeignVariables(Collection<String> all, Collection<String> foreign) {
        foreign.forEach(name -> named.add(name.toUpperCase(Locale.ROOT)));
        var services = all.stream()
                .filter(name -> name.endsWith(LINK) && name.length() > LINK.length())
                .map(name -> name.substring(0, name.length() - LINK.length()))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        links = Pattern.compile(
                "(?:" + (services.isEmpty() ? "(?!)" : services)
                        + ")_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT(?:_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)");
    }

    static ForeignVariables of(String[] all, Collection<String> foreign) {
        return new ForeignVariables(Arrays.asList(all), foreign);
    }

    boolean contain(String name) {
        return named.contains(name.toUpperCase(Locale.ROOT))
                || links.matcher(name).matches();
    }
}
