package dev.borrowerjourney.notifier.push;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How push services are asked. Which of them are, the mounted credentials say.
 *
 * @param connectTimeout for a connection to a push service
 * @param timeout for a whole call, with the access token that may have to be fetched or waited for first
 * @param allowPlainHttp whether the URLs of FCM may be http; only for the sandbox
 */
@ConfigurationProperties("notifier.push")
public record PushProperties(
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("10s") Duration timeout,
        @DefaultValue WebPushSettings webPush,
        @DefaultValue ApnsSettings apns,
        @DefaultValue FcmSettings fcm,
        @DefaultValue CircuitSettings circuit,
        @DefaultValue("false") boolean allowPlainHttp) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public PushProperties {
        requireBetween("connect-timeout", connectTimeout, LONGEST);
        requireBetween("timeout", timeout, LONGEST);
        if (!encrypted(fcm.baseUrl(), allowPlainHttp)) {
            throw wrong("fcm.base-url", "no https URL (expected: an https URL)");
        }
    }

    /**
     * @param contact where a push service's people reach ours, mailto: or https:; needed once there is a key for Web Push
     */
    record WebPushSettings(@Nullable String contact) {

        WebPushSettings {
            if (contact != null && !contact.matches("(mailto:[^\\s@\"\\\\]+@[^\\s@\"\\\\]+|https://[^\\s\"\\\\]+)")) {
                throw wrong("web-push.contact", "another form (expected: mailto: and an address, or an https URL)");
            }
        }
    }

    /**
     * @param trustedCertificates a file of certificates in PEM that are trusted in place of the usual ones; null for those
     */
    record ApnsSettings(
            @DefaultValue("api.push.apple.com") String host,
            @DefaultValue("443") int port,
            @Nullable Path trustedCertificates) {

        ApnsSettings {
            requireBetween("apns.port", port, 65_535);
        }
    }

    record FcmSettings(
            @DefaultValue("https://fcm.googleapis.com") URI baseUrl) {}

    /**
     * @param window how far back calls count
     * @param leastCalls with fewer in the window nothing is held back
     * @param failurePercent of calls failed from which on a push service is held to fail
     * @param openFor how long nothing is sent then
     * @param trialCalls let through after that to find out
     */
    record CircuitSettings(
            @DefaultValue("1m") Duration window,
            @DefaultValue("10") int leastCalls,
            @DefaultValue("50") int failurePercent,
            @DefaultValue("30s") Duration openFor,
            @DefaultValue("3") int trialCalls) {

        CircuitSettings {
            requireBetween("circuit.window", window, Duration.ofMinutes(10));
            requireBetween("circuit.open-for", openFor, Duration.ofMinutes(10));
            requireBetween("circuit.least-calls", leastCalls, 10_000);
            requireBetween("circuit.trial-calls", trialCalls, 1_000);
            requireBetween("circuit.failure-percent", failurePercent, 100);
        }
    }

    static boolean encrypted(URI uri, boolean allowPlainHttp) {
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || (allowPlainHttp && "http".equals(uri.getScheme())));
    }

    private static void requireBetween(String setting, Duration value, Duration longest) {
        if (value.compareTo(Duration.ofMillis(100)) < 0 || value.compareTo(longest) > 0) {
            throw wrong(setting, value + " (expected: between 100ms and " + longest + ")");
        }
    }

    private static void requireBetween(String setting, int value, int greatest) {
        if (value < 1 || value > greatest) {
            throw wrong(setting, value + " (expected: from 1 to " + greatest + ")");
        }
    }

    private static IllegalArgumentException wrong(String setting, String complaint) {
        return new IllegalArgumentException("notifier.push." + setting + ": " + complaint);
    }
}
