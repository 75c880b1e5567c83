package dev.borrowerjourney.notifier.browser;

import dev.borrowerjourney.defaults.browser.BrowserSettings;
import java.time.Duration;
import java.util.List;
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

    BrowserProperties {
        BrowserSettings.check("notifier.browser", allowedOrigins, preflightAge);
        allowedOrigins = List.copyOf(allowedOrigins);
    }
}
