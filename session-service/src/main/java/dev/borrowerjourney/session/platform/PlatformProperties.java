package dev.borrowerjourney.session.platform;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the platform.
 *
 * @param baseUrl scheme and host of the platform's API, such as https://api.credit.aarthiklabs.com
 * @param allowPlainHttp whether {@code baseUrl} and callback URLs may be http; for the sandbox alone
 * @param connectTimeout how long a connection may take to be made
 * @param callTimeout how long a call may take in all; less than the 15 s of the renewal lease
 * @param applications the applications served, each with its API key in a file
 */
@ConfigurationProperties(prefix = "platform", ignoreUnknownFields = false)
public record PlatformProperties(
        URI baseUrl,
        @DefaultValue("false") boolean allowPlainHttp,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("10s") Duration callTimeout,
        @DefaultValue List<Application> applications) {

    private static final String CALLBACK_URL = "platform.applications[].callback-url";
    private static final Duration LONGEST_CALL = Duration.ofSeconds(12);

    public PlatformProperties {
        // Binding hands over null where nothing is set; the annotations say what holds afterwards.
        if (baseUrl == null || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("platform.base-url: not set (expected: an https address)");
        }
        if (!secure(baseUrl, allowPlainHttp)) {
            throw new IllegalArgumentException("platform.base-url: " + baseUrl.getScheme() + " (expected: https)");
        }
        if (baseUrl.getQuery() != null || !baseUrl.getPath().replace("/", "").isEmpty()) {
            throw new IllegalArgumentException("platform.base-url: has a path or query (expected: scheme and host)");
        }
        if (!connectTimeout.isPositive() || !callTimeout.isPositive() || callTimeout.compareTo(LONGEST_CALL) > 0) {
            throw new IllegalArgumentException("platform.connect-timeout, platform.call-timeout: " + connectTimeout
                    + ", " + callTimeout + " (expected: above zero, a call at most " + LONGEST_CALL + ")");
        }
        if (applications.isEmpty()) {
            throw new IllegalArgumentException("platform.applications: [] (expected: at least one)");
        }
        if (applications.stream().map(Application::applicationId).distinct().count() < applications.size()) {
            throw new IllegalArgumentException("platform.applications: one is named twice (expected: each once)");
        }
        for (var application : applications) {
            var url = application.callbackUrl();
            if (url != null && !secure(url, allowPlainHttp)) {
                throw new IllegalArgumentException(CALLBACK_URL + ": " + url.getScheme() + " (expected: https)");
            }
        }
        applications = List.copyOf(applications);
    }

    /**
     * One application of a tenant; its API key lies in {@code platform/<applicationId>/api-key}.
     *
     * @param callbackUrl where the platform is to send its webhooks; null if this service does not see to it
     */
    public record Application(
            UUID applicationId, UUID tenantId, @Nullable URI callbackUrl) {

        public Application {
            if (applicationId == null || tenantId == null) {
                throw new IllegalArgumentException(
                        "platform.applications: one without application-id or tenant-id (expected: both, as UUIDs)");
            }
            // The messages do not repeat the value: user information would be a credential.
            if (callbackUrl != null && callbackUrl.getHost() == null) {
                throw new IllegalArgumentException(CALLBACK_URL + ": names no host (expected: an https address)");
            }
            if (callbackUrl != null
                    && (callbackUrl.getRawUserInfo() != null
                            || callbackUrl.getRawQuery() != null
                            || callbackUrl.getRawFragment() != null)) {
                throw new IllegalArgumentException(
                        CALLBACK_URL + ": has user information, a query or a fragment (expected: none of them)");
            }
        }
    }

    private static boolean secure(URI url, boolean allowPlainHttp) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https") || (allowPlainHttp && scheme.equals("http"));
    }

    /** The address of a path of the platform. */
    public URI at(String path) {
        return baseUrl.resolve(path);
    }
}
