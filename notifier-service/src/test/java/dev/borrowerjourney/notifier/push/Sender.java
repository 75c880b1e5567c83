package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.device.PushServices;
import dev.borrowerjourney.notifier.push.PushProperties.ApnsSettings;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import dev.borrowerjourney.notifier.push.PushProperties.FcmSettings;
import dev.borrowerjourney.notifier.push.PushProperties.WebPushSettings;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.schemas.borrower.BorrowerKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything that sends, with credentials in real files and the push services on this machine. */
final class Sender implements AutoCloseable {

    static final UUID APPLICATION = UUID.fromString("5f0c3a52-6c0e-4b52-9d55-0a4f1ad0a001");
    static final String CONTACT = "mailto:push@partner.example";
    static final BorrowerKey BORROWER = new BorrowerKey("b".repeat(43));

    /** What a push service must not be able to tell apart. */
    static final Set<Kind> ENDINGS = EnumSet.of(Kind.DISBURSED, Kind.REJECTED, Kind.EXPIRED, Kind.CLOSED);

    private static final Pattern NOTIFICATION_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    final PushSecrets secrets;
    final MountedCredentials mounted;
    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private final SecretDirectory directory;
    private final HttpCalls calls;
    private final ApnsClients apns;
    private final PushSender pushes;

    private Sender(PushSecrets secrets, PushProperties properties) {
        var wiring = new PushConfiguration();
        this.secrets = secrets;
        this.directory = new SecretDirectory(secrets.directory());
        this.mounted = new MountedCredentials(directory, List.of(APPLICATION), properties);
        this.calls = wiring.pushCalls(properties, Clock.systemUTC());
        this.apns = wiring.apnsClients(properties);
        this.pushes = wiring.pushSender(
                mounted,
                new PushServices(List.of("push.example"), true),
                calls,
                apns,
                properties,
                metrics,
                Clock.systemUTC());
    }

    static Sender of(PushSecrets secrets) {
        return of(secrets, Duration.ofSeconds(10));
    }

    /** @param timeout of a whole call */
    static Sender of(PushSecrets secrets, Duration timeout) {
        return of(
                secrets,
                URI.create("http://127.0.0.1:9"),
                new ApnsSettings("127.0.0.1", 9, null),
                new CircuitSettings(Duration.ofMinutes(1), 100, 50, Duration.ofSeconds(30), 3),
                timeout);
    }

    static Sender of(PushSecrets secrets, URI fcm, ApnsSettings apns, CircuitSettings circuit) {
        return of(secrets, fcm, apns, circuit, Duration.ofSeconds(10));
    }

    static Sender of(PushSecrets secrets, URI fcm, ApnsSettings apns, CircuitSettings circuit, Duration timeout) {
        return new Sender(
                secrets,
                new PushProperties(
                        Duration.ofSeconds(3),
                        timeout,
                        new WebPushSettings(CONTACT),
                        apns,
                        new FcmSettings(fcm),
                        circuit,
                        true));
    }

    PushOutcome send(Push push, Device device) {
        return pushes.send(push, device);
    }

    static Push push(Kind kind) {
        return new Push(
                kind, JourneyReference.of(BORROWER, "jrn_7f3a"), UUID.randomUUID(), Duration.ofHours(1), Urgency.HIGH);
    }

    /** A payload's members in one order, so that two that say the same are equal. */
    static String withoutIds(String payload) {
        var ordered = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        var members = ordered.writeValueAsString(ordered.readValue(payload, Map.class));
        return NOTIFICATION_ID.matcher(members).replaceAll("<id>");
    }

    static Device device(Channel channel, String locale, Address address) {
        return new Device(
                UUID.randomUUID().toString(),
                UUID.randomUUID(),
                APPLICATION,
                BORROWER,
                channel,
                Locale.forLanguageTag(locale),
                Instant.now(),
                address);
    }

    static Device device(Channel channel, String locale, String token) {
        return device(channel, locale, new Address.Token(Secret.of(token)));
    }

    @Override
    public void close() {
        apns.close();
        calls.close();
        directory.close();
    }
}
