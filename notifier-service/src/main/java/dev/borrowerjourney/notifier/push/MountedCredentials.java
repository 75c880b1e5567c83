package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.SecretException;
import dev.borrowerjourney.defaults.secret.Watched;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The credentials of all applications as they are mounted now. Each channel of each application is watched by itself: a file
 * that cannot be used leaves the earlier one of its channel in use, and holds up no other's.
 */
final class MountedCredentials implements Reach {

    private final Map<UUID, Channels> mounted;

    MountedCredentials(SecretDirectory secrets, List<UUID> applications, PushProperties properties) {
        mounted = applications.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), application -> watched(secrets, application, properties)));
    }

    private record Channels(
            Watched<List<VapidKey>> vapid,
            Watched<Optional<Credentials.Apns>> apns,
            Watched<Optional<Credentials.Fcm>> fcm) {}

    Credentials of(UUID applicationId) {
        var channels = mounted.get(applicationId);
        return channels == null
                ? new Credentials(List.of(), null, null)
                : new Credentials(
                        channels.vapid().current(),
                        channels.apns().current().orElse(null),
                        channels.fcm().current().orElse(null));
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

    private static Channels watched(SecretDirectory secrets, UUID application, PushProperties properties) {
        return new Channels(
                secrets.watch(now ->
                        withKeyset(now, Credentials.vapid(now, application, properties), keys -> !keys.isEmpty())),
                secrets.watch(now -> withKeyset(now, Credentials.apns(now, application), Optional::isPresent)),
                secrets.watch(
                        now -> withKeyset(now, Credentials.fcm(now, application, properties), Optional::isPresent)));
    }

    private static <T> T withKeyset(SecretDirectory directory, T credentials, Predicate<T> any) {
        if (any.test(credentials) && directory.find("keyset.json").isEmpty()) {
            throw new SecretException("keyset.json: missing, while there are credentials of push services"
                    + " (expected: an AEAD keyset, which seals the devices' addresses)");
        }
        return credentials;
    }
}
