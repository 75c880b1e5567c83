package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Channel;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells which channels have credentials, and why not. That is no illness of the service: the others send, and streams show
 * every change all the same.
 */
final class PushHealthIndicator implements HealthIndicator {

    private final MountedCredentials mounted;
    private final List<UUID> applications;

    PushHealthIndicator(MountedCredentials mounted, List<UUID> applications) {
        this.mounted = mounted;
        this.applications = applications;
    }

    @Override
    public Health health() {
        var health = Health.up();
        for (var application : applications) {
            var channels = new TreeMap<String, String>();
            for (var channel : Channel.values()) {
                channels.put(channel.name(), state(application, channel));
            }
            health.withDetail(application.toString(), channels);
        }
        return health.build();
    }

    private String state(UUID application, Channel channel) {
        var refusal = mounted.refusal(application, channel);
        if (mounted.on(application, channel)) {
            return refusal.map(reason -> "on with earlier credentials: " + reason)
                    .orElse("on");
        }
        return "off: " + refusal.orElse("no credentials");
    }
}
