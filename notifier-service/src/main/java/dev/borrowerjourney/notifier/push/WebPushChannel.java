package dev.borrowerjourney.notifier.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.device.PushServices;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Browsers: RFC 8030, encrypted by RFC 8291, with a voluntary identification by RFC 8292. */
final class WebPushChannel implements PushChannel {

    /** Push services see how long a message is; all of one length tell them nothing. */
    private static final int PADDED_BYTES = 1024;

    /** RFC 8292 allows 24 hours at most; clocks may be off. */
    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private static final Destination NOWHERE = new Destination("nowhere", "nowhere");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MountedCredentials mounted;
    private final PushServices services;
    private final Texts texts;
    private final HttpCalls calls;

    WebPushChannel(MountedCredentials mounted, PushServices services, Texts texts, HttpCalls calls) {
        this.mounted = mounted;
        this.services = services;
        this.texts = texts;
        this.calls = calls;
    }

    @Override
    public Destination destination(Device device) {
        return services.serviceOf(endpoint(device))
                .map(name -> new Destination(name, subscription(device).host()))
                .orElse(NOWHERE);
    }

    @Override
    public Optional<Call> call(Push push, Device device) {
        var keys = mounted.of(device.applicationId()).vapid();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        // The list may have become shorter since the device was registered.
        if (destination(device).equals(NOWHERE)) {
            return Optional.of(() -> new PushOutcome.Refused(Reason.ADDRESS_REFUSED));
        }
        var serverKey = subscription(device).serverKey();
        return Optional.of(keys.stream()
                .filter(key -> key.publicKey().equals(serverKey))
                .findFirst()
                .map(key -> request(push, device, key))
                .<Call>map(request -> () -> sent(request))
                .orElse(() -> new PushOutcome.Refused(Reason.KEY_UNKNOWN)));
    }

    /** A host that nobody knows says nothing of the push service that it claims to be of; apps could invent any number. */
    private PushOutcome sent(HttpRequest request) throws IOException, InterruptedException {
        try {
            return send(request);
        } catch (ConnectException e) {
            if (e.getCause() instanceof UnresolvedAddressException) {
                return new PushOutcome.Later(null, Reason.ADDRESS_REFUSED);
            }
            throw e;
        }
    }

    private HttpRequest request(Push push, Device device, VapidKey key) {
        return HttpRequest.newBuilder(endpoint(device))
                .header("Authorization", "vapid t=" + token(endpoint(device), key) + ", k=" + key.publicKey())
                .header("Content-Encoding", "aes128gcm")
                .header("Content-Type", "application/octet-stream")
                .header("TTL", Long.toString(push.timeToLive().toSeconds()))
                .header("Topic", push.journey().value())
                .header("Urgency", urgency(push.urgency()))
                .POST(BodyPublishers.ofByteArray(encrypted(push, device, key)))
                .build();
    }

    private PushOutcome send(HttpRequest request) throws IOException, InterruptedException {
        var answer = calls.send(request);
        if (answer.ok()) {
            // The address of the message, which some services answer, would let whoever has it delete the message.
            return new PushOutcome.Accepted(null);
        }
        return switch (answer.status()) {
            case 404, 410 -> new PushOutcome.Gone();
            case 400, 405, 413 -> new PushOutcome.Refused(Reason.PUSH_REFUSED);
            case 401, 403 -> new PushOutcome.Later(answer.retryAfter(), Reason.CREDENTIALS_REFUSED);
            case 429 -> new PushOutcome.Later(answer.retryAfter(), Reason.RATE_LIMITED);
            default -> new PushOutcome.Later(answer.retryAfter(), Reason.PROVIDER_FAILED);
        };
    }

    private String token(URI endpoint, VapidKey key) {
        var port = endpoint.getPort();
        var standard = port == -1 || ("https".equals(endpoint.getScheme()) && port == 443);
        var audience = endpoint.getScheme() + "://" + endpoint.getHost() + (standard ? "" : ":" + port);
        return key.webPush().getToken(audience, (int) TOKEN_LIFE.toSeconds());
    }

    private byte[] encrypted(Push push, Device device, VapidKey key) {
        var subscription = subscription(device);
        var json = JSON.writeValueAsString(
                        Content.of(push, device.locale(), texts).forServiceWorker())
                .getBytes(UTF_8);
        var padded = Arrays.copyOf(json, Math.max(PADDED_BYTES, json.length));
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return key.webPush()
                .getBody(
                        padded,
                        Base64.getUrlDecoder().decode(subscription.p256dh().utf8()),
                        Base64.getUrlDecoder().decode(subscription.auth().utf8()));
    }

    private static String urgency(Urgency urgency) {
        return switch (urgency) {
            case NORMAL -> "normal";
            case HIGH -> "high";
        };
    }

    private static URI endpoint(Device device) {
        return URI.create(subscription(device).endpoint().reveal());
    }

    private static Address.Subscription subscription(Device device) {
        return (Address.Subscription) device.address();
    }
}
