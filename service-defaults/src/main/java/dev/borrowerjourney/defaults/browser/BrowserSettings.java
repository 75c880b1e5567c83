package dev.borrowerjourney.defaults.browser;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Checks the settings for apps that run in a browser or a web view. */
public final class BrowserSettings {

    private static final Duration LONGEST_AGE = Duration.ofHours(2);

    private BrowserSettings() {}

    /**
     * Checks the other origins whose pages may call a service, and for how long a browser may remember that.
     *
     * @param prefix of the two settings, such as {@code session.browser}
     * @throws IllegalArgumentException naming the setting, what was found and what was expected
     */
    public static void check(String prefix, List<String> allowedOrigins, Duration preflightAge) {
        for (var origin : allowedOrigins) {
            if (!isOrigin(origin)) {
                throw new IllegalArgumentException(
                        prefix + ".allowed-origins: " + origin
                                + " (expected: scheme and host in lower case, no path, no *, not http, such as https://loans.example)");
            }
        }
        if (preflightAge.isNegative() || preflightAge.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException(prefix + ".preflight-age: " + preflightAge
                    + " (expected: at least zero, at most " + LONGEST_AGE + ")");
        }
    }

    /** As a browser writes it, because it is compared character by character. Web views have schemes of their own. */
    private static boolean isOrigin(String text) {
        try {
            var uri = URI.create(text);
            return text.equals(text.toLowerCase(Locale.ROOT))
                    && uri.getScheme() != null
                    && !uri.getScheme().equals("http")
                    && uri.getHost() != null
                    && text.equals(uri.getScheme() + "://" + uri.getAuthority())
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
