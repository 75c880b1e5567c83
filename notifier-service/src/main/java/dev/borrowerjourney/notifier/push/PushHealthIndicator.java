package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.notifier.device.Channel;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Tells which channels have credentials. One that is off is a choice of the operator and no illness. */
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
                channels.put(channel.name(), mounted.on(application, channel) ? "on" : "off: no credentials");
            }
            health.withDetail(application.toString(), channels);
        }
        return health.build();
    }
}
