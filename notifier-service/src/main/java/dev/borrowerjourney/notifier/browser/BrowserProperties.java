package dev.borrowerjourney.notifier.browser;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for apps that run in a browser or a web view.
 *
 * @param allowedOrigins the other origins whose pages may call this service, such as https://loans.partner.example
 * @param preflightAge how long a browser may remember what it was allowed
 */
@ConfigurationProperties(prefix = "notifier.browser", ignoreUnknownFields = false)
record BrowserProperties(
        @DefaultValue List<String> allowedOrigins,
        @DefaultValue("10m") Duration preflightAge) {

    private static final Duration LONGEST_AGE = Duration.ofHours(2);

    BrowserProperties {
        for (var origin : allowedOrigins) {
            if (!isOrigin(origin)) {
                throw new IllegalArgumentException(
                        "notifier.browser.allowed-origins: " + origin
                                + " (expected: scheme and host in lower case, no path, no *, not http, such as https://loans.example)");
            }
        }
        if (preflightAge.isNegative() || preflightAge.compareTo(LONGEST_AGE) > 0) {
            throw new IllegalArgumentException("notifier.browser.preflight-age: " + preflightAge
                    + " (expected: at least zero, at most " + LONGEST_AGE + ")");
        }
        allowedOrigins = List.copyOf(allowedOrigins);
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
