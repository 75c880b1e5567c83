package dev.borrowerjourney.notifier.device;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which devices may be registered.
 *
 * @param maxPerBorrower the longest not registered one goes when there is one more
 * @param pushServices hosts that Web Push endpoints may be at; *. stands for any host below
 * @param allowPlainHttp whether endpoints may also be on this machine, without encryption; only for the sandbox
 */
@ConfigurationProperties("notifier.devices")
record DeviceProperties(
        @DefaultValue("10") int maxPerBorrower,

        @DefaultValue({
            "fcm.googleapis.com",
            "updates.push.services.mozilla.com",
            "*.push.services.mozilla.com",
            "*.notify.windows.com",
            "web.push.apple.com",
            "*.push.apple.com"
        })
        List<String> pushServices,

        @DefaultValue("false") boolean allowPlainHttp) {

    DeviceProperties {
        if (maxPerBorrower < 1 || maxPerBorrower > 100) {
            throw new IllegalArgumentException(
                    "notifier.devices.max-per-borrower: " + maxPerBorrower + " (expected: from 1 to 100)");
        }
        pushServices.forEach(DeviceProperties::requireHost);
        pushServices = List.copyOf(pushServices);
    }

    // At least two names after the star, and no number last: neither a whole top-level domain nor an IP address.
    private static void requireHost(String host) {
        if (!host.matches("(\\*\\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z][a-z0-9-]*[a-z0-9]")) {
            throw new IllegalArgumentException("notifier.devices.push-services: " + host
                    + " (expected: a host's name in small letters, or *. and one)");
        }
    }
}
