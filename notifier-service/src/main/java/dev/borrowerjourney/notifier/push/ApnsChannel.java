package dev.borrowerjourney.notifier.push;

import com.eatthepath.pushy.apns.ApnsClient;
import com.eatthepath.pushy.apns.DeliveryPriority;
import com.eatthepath.pushy.apns.PushNotificationResponse;
import com.eatthepath.pushy.apns.PushType;
import com.eatthepath.pushy.apns.util.SimpleApnsPushNotification;
import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** Apple Push Notification service, with tokens that we sign ourselves. */
final class ApnsChannel implements PushChannel {

    private static final String TOKEN_TOO_OLD = "ExpiredProviderToken";
    private static final Destination DESTINATION = new Destination("APNS", "APNS");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MountedCredentials mounted;
    private final Texts texts;
    private final ApnsClients clients;
    private final Duration timeout;
    private final Clock clock;

    ApnsChannel(MountedCredentials mounted, Texts texts, ApnsClients clients, Duration timeout, Clock clock) {
        this.mounted = mounted;
        this.texts = texts;
        this.clients = clients;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public Destination destination(Device device) {
        return DESTINATION;
    }

    @Override
    public Optional<Call> call(Push push, Device device) throws IOException {
        var credentials = mounted.of(device.applicationId()).apns();
        return credentials == null ? Optional.empty() : Optional.of(ready(push, device, credentials));
    }

    private Call ready(Push push, Device device, Credentials.Apns credentials) throws IOException {
        var notification = new SimpleApnsPushNotification(
                ((Address.Token) device.address()).token().reveal(),
                credentials.topic(),
                payload(push, device),
                // A time, not a span: with a span everything would have expired in 1970.
                clock.instant().plus(push.timeToLive()),
                push.urgency() == Urgency.HIGH ? DeliveryPriority.IMMEDIATE : DeliveryPriority.CONSERVE_POWER,
                PushType.ALERT,
                push.journey().value(),
                push.notificationId());
        var client = clients.of(device.applicationId(), credentials);
        return () -> send(client, notification, device);
    }

    private PushOutcome send(ApnsClient client, SimpleApnsPushNotification notification, Device device)
            throws IOException, InterruptedException {
        var deadline = Deadline.in(timeout);
        var answer = answer(client, notification, deadline);
        // The client signs another token for the next call once Apple calls one too old, but does not repeat this one.
        return outcome(
                answer.getRejectionReason().filter(TOKEN_TOO_OLD::equals).isPresent()
                        ? answer(client, notification, deadline)
                        : answer,
                device);
    }

    private PushNotificationResponse<?> answer(
            ApnsClient client, SimpleApnsPushNotification notification, Deadline deadline)
            throws IOException, InterruptedException {
        try {
            return client.sendNotification(notification).get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new IOException("no answer within " + timeout);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static PushOutcome outcome(PushNotificationResponse<?> answer, Device device) {
        if (answer.isAccepted()) {
            return new PushOutcome.Accepted(Objects.toString(answer.getApnsId(), null));
        }
        var reason = answer.getRejectionReason().orElse("");
        return switch (answer.getStatusCode()) {
            case 410 -> gone(answer, device);
            case 403 -> new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED);
            case 429 -> new PushOutcome.Later(null, Reason.RATE_LIMITED);
            case 400 -> bad(reason);
            case 404, 405, 413 -> new PushOutcome.Refused(Reason.PUSH_REFUSED);
            default -> new PushOutcome.Later(null, Reason.PROVIDER_FAILED);
        };
    }

    private static PushOutcome bad(String reason) {
        return switch (reason) {
            // May as well be the wrong one of Apple's two environments, so the device is not given up.
            case "BadDeviceToken", "DeviceTokenNotForTopic" -> new PushOutcome.Refused(Reason.ADDRESS_REFUSED);
            // The topic is mounted with the key.
            case "BadTopic", "MissingTopic", "TopicDisallowed" ->
                new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED);
            case "IdleTimeout" -> new PushOutcome.Later(null, Reason.PROVIDER_FAILED);
            default -> new PushOutcome.Refused(Reason.PUSH_REFUSED);
        };
    }

    /** Apple tells since when; an app that registered after that has the address again. */
    private static PushOutcome gone(PushNotificationResponse<?> answer, Device device) {
        return answer.getTokenInvalidationTimestamp()
                .filter(since -> since.isBefore(device.registeredAt()))
                .<PushOutcome>map(_ -> new PushOutcome.Refused(Reason.ADDRESS_REFUSED))
                .orElseGet(PushOutcome.Gone::new);
    }

    private String payload(Push push, Device device) {
        var content = Content.of(push, device.locale(), texts);
        var payload = new TreeMap<String, Object>(content.data());
        payload.put(
                "aps",
                Map.of(
                        "alert",
                        Map.of(
                                "title",
                                content.text().title(),
                                "body",
                                content.text().body()),
                        "thread-id",
                        push.journey().value()));
        return JSON.writeValueAsString(payload);
    }
}
