package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.SecretException;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Reach;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The credentials of all applications as they are mounted now. Each channel of each application is watched by itself: a file
 * that cannot be used takes its channel away, or leaves the earlier one in use, and holds up no other's.
 */
final class MountedCredentials implements Reach, MeterBinder {

    private final Map<UUID, Channels> mounted;

    MountedCredentials(SecretDirectory secrets, List<UUID> applications, PushProperties properties) {
        mounted = applications.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), application -> watched(secrets, application, properties)));
    }

    private record Channels(
            MountedFiles<List<VapidKey>> vapid,
            MountedFiles<Optional<Credentials.Apns>> apns,
            MountedFiles<Optional<Credentials.Fcm>> fcm) {}

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

    /** Why the newest files of a channel are not used; nothing if they are, or if there are none. */
    Optional<String> refusal(UUID applicationId, Channel channel) {
        var channels = mounted.get(applicationId);
        return channels == null
                ? Optional.empty()
                : switch (channel) {
                    case WEB_PUSH -> channels.vapid().refusal();
                    case FCM -> channels.fcm().refusal();
                    case APNS -> channels.apns().refusal();
                };
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (var application : mounted.keySet()) {
            for (var channel : Channel.values()) {
                Gauge.builder("notifier.push.credentials.refused", () -> refused(application, channel))
                        .description("1 while the newest credentials of the channel cannot be used")
                        .tag("application", application.toString())
                        .tag("channel", channel.name())
                        .register(registry);
            }
        }
    }

    private int refused(UUID application, Channel channel) {
        return refusal(application, channel).isPresent() ? 1 : 0;
    }

    @Override
    public List<String> serverKeys(UUID applicationId) {
        return of(applicationId).vapid().stream().map(VapidKey::publicKey).toList();
    }

    private static Channels watched(SecretDirectory secrets, UUID application, PushProperties properties) {
        return new Channels(
                MountedFiles.of(
                        secrets,
                        name(application, Channel.WEB_PUSH),
                        List.of(),
                        now -> withKeyset(
                                now, Credentials.vapid(now, application, properties), keys -> !keys.isEmpty())),
                MountedFiles.of(
                        secrets,
                        name(application, Channel.APNS),
                        Optional.empty(),
                        now -> withKeyset(now, Credentials.apns(now, application), Optional::isPresent)),
                MountedFiles.of(
                        secrets,
                        name(application, Channel.FCM),
                        Optional.empty(),
                        now -> withKeyset(now, Credentials.fcm(now, application, properties), Optional::isPresent)));
    }

    private static String name(UUID application, Channel channel) {
        return channel + " of application " + application;
    }

    private static <T> T withKeyset(SecretDirectory directory, T credentials, Predicate<T> any) {
        if (any.test(credentials) && directory.find("keyset.json").isEmpty()) {
            throw new SecretException("keyset.json: missing, while there are credentials of push services"
                    + " (expected: an AEAD keyset, which seals the devices' addresses)");
        }
        return credentials;
    }
}
