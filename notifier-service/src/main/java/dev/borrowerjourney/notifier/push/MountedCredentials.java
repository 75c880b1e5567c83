package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.Watched;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Reach;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The credentials of all applications as they are mounted now. */
final class MountedCredentials implements Reach {

    private static final Credentials NONE = new Credentials(List.of(), null, null);

    private final Watched<Map<UUID, Credentials>> mounted;

    MountedCredentials(SecretDirectory secrets, List<UUID> applications, PushProperties properties) {
        mounted = secrets.watch(directory -> read(directory, applications, properties));
    }

    Credentials of(UUID applicationId) {
        return mounted.current().getOrDefault(applicationId, NONE);
    }

    @Override
    public boolean on(UUID applicationId, Channel channel) {
        var credentials = of(applicationId);
        return switch (channel) {
            case WEB_PUSH -> !credentials.vapid().isEmpty();
            case FCM -> credentials.fcm() != null;
            case APNS -> credentials.apns() != null;
        };
    }

    @Override
    public List<String> serverKeys(UUID applicationId) {
        return of(applicationId).vapid().stream().map(VapidKey::publicKey).toList();
    }

    private static Map<UUID, Credentials> read(
            SecretDirectory directory, List<UUID> applications, PushProperties properties) {
        var all = new HashMap<UUID, Credentials>();
        applications.forEach(application -> all.put(application, Credentials.read(directory, application, properties)));
        if (all.values().stream().anyMatch(credentials -> !credentials.none())
                && directory.find("keyset.json").isEmpty()) {
            throw new IllegalArgumentException("keyset.json: missing, while there are credentials of push services"
                    + " (expected: an AEAD keyset, which seals the devices' addresses)");
        }
        return Map.copyOf(all);
    }
}
