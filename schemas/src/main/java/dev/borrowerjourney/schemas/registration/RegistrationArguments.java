package dev.borrowerjourney.schemas.registration;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param apply whether to register, or only to say what would be registered
 * @param json where to write the outcome as JSON, or null for nowhere
 */
record RegistrationArguments(
        boolean apply, URI registry, @Nullable Path json) {

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with the cure, if it is not one the help text shows
     */
    static RegistrationArguments of(String... args) {
        if (args.length == 0 || !args[0].equals("register")) {
            throw new IllegalArgumentException(
                    "command: " + (args.length == 0 ? "none" : args[0]) + " (expected: register)");
        }
        Boolean apply = null;
        URI registry = null;
        Path json = null;
        for (int i = 1; i < args.length; i++) {
            switch (args[i]) {
                case "--dry-run" -> apply = only(apply, false);
                case "--apply" -> apply = only(apply, true);
                case "--registry" -> registry = http(value(args, i++));
                case "--json" -> json = Path.of(value(args, i++));
                default -> throw new IllegalArgumentException(args[i] + ": no option of register");
            }
        }
        if (apply == null || registry == null) {
            throw new IllegalArgumentException(
                    (apply == null ? "--dry-run or --apply" : "--registry") + ": missing (expected: one)");
        }
        return new RegistrationArguments(apply, registry, json);
    }

    private static boolean only(@Nullable Boolean earlier, boolean value) {
        if (earlier != null && earlier != value) {
            throw new IllegalArgumentException("--dry-run and --apply: both (expected: one)");
        }
        return value;
    }

    private static String value(String[] args, int option) {
        if (option + 1 >= args.length) {
            throw new IllegalArgumentException(args[option] + ": no value (expected: one)");
        }
        return args[option + 1];
    }

    private static URI http(String url) {
        var uri = URI.create(url);
        if (uri.getScheme() == null || !uri.getScheme().matches("https?")) {
            throw new IllegalArgumentException("--registry: " + url + " (expected: an http or https URL)");
        }
        return uri;
    }
}
