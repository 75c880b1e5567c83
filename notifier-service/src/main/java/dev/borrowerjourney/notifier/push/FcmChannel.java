package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Firebase Cloud Messaging, HTTP v1. */
final class FcmChannel implements PushChannel {

    private static final Destination DESTINATION = new Destination("FCM", "FCM");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final MountedCredentials mounted;
    private final Texts texts;
    private final HttpCalls calls;
    private final FcmTokens tokens;
    private final URI baseUrl;
    private final Clock clock;

    FcmChannel(MountedCredentials mounted, Texts texts, HttpCalls calls, FcmTokens tokens, URI baseUrl, Clock clock) {
        this.mounted = mounted;
        this.texts = texts;
        this.calls = calls;
        this.tokens = tokens;
        this.baseUrl = baseUrl;
        this.clock = clock;
    }

    @Override
    public Destination destination(Device device) {
        return DESTINATION;
    }

    @Override
    public Optional<Call> call(Push push, Device device) throws IOException, InterruptedException {
        var credentials = mounted.of(device.applicationId()).fcm();
        return credentials == null ? Optional.empty() : Optional.of(ready(push, device, credentials));
    }

    private Call ready(Push push, Device device, Credentials.Fcm credentials) throws IOException, InterruptedException {
        var deadline = calls.deadline();
        var token = tokens.token(device.applicationId(), credentials, deadline);
        if (token.isEmpty()) {
            return () -> new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED);
        }
        var request = HttpRequest.newBuilder(
                        baseUrl.resolve("/v1/projects/" + credentials.projectId() + "/messages:send"))
                .header("Authorization", "Bearer " + token.orElseThrow().reveal())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("message", message(push, device)))))
                .build();
        return () -> send(request, device, token.orElseThrow(), deadline);
    }

    private PushOutcome send(HttpRequest request, Device device, Secret token, Deadline deadline)
            throws IOException, InterruptedException {
        var answer = calls.send(request, deadline);
        // With a code it is not the token that is refused, but what Firebase would need for Apple or a browser.
        if (answer.status() == 401 && errorCode(answer.body()).isEmpty()) {
            tokens.refused(device.applicationId(), token);
        }
        return outcome(answer);
    }

    private static PushOutcome outcome(HttpCalls.Answer answer) {
        if (answer.ok()) {
            var name = json(answer.body()).path("name").asString("");
            return new PushOutcome.Accepted(name.isEmpty() ? null : name);
        }
        var code = errorCode(answer.body());
        return switch (answer.status()) {
            // Without the code it is the project that is not found, and no device.
            case 404 ->
                code.equals("UNREGISTERED")
                        ? new PushOutcome.Gone()
                        : new PushOutcome.Later(answer.retryAfter(), Reason.CREDENTIALS_REFUSED);
            case 400 -> new PushOutcome.Refused(Reason.PUSH_REFUSED);
            case 401, 403 ->
                code.equals("SENDER_ID_MISMATCH")
                        ? new PushOutcome.Refused(Reason.ADDRESS_REFUSED)
                        : new PushOutcome.Later(answer.retryAfter(), Reason.CREDENTIALS_REFUSED);
            case 429 -> new PushOutcome.Later(answer.retryAfter(), Reason.RATE_LIMITED);
            default -> new PushOutcome.Later(answer.retryAfter(), Reason.PROVIDER_FAILED);
        };
    }

    /** Firebase's own code, which stands in any one of the details; empty if there is none. */
    private static String errorCode(String body) {
        return json(body)
                .at("/error/details")
                .valueStream()
                .map(detail -> detail.path("errorCode").asString(""))
                .filter(code -> !code.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return JSON.missingNode();
        }
    }

    /** Firebase reaches Android, and through the other two blocks iOS and browsers, too. */
    private Map<String, Object> message(Push push, Device device) {
        var content = Content.of(push, device.locale(), texts);
        var reference = push.journey().value();
        var seconds = push.timeToLive().toSeconds();
        var high = push.urgency() == Urgency.HIGH;
        return Map.of(
                "token",
                ((Address.Token) device.address()).token().reveal(),
                "notification",
                Map.of("title", content.text().title(), "body", content.text().body()),
                "data",
                content.data(),
                "android",
                Map.of(
                        "collapse_key",
                        reference,
                        "ttl",
                        seconds + "s",
                        "priority",
                        high ? "HIGH" : "NORMAL",
                        "notification",
                        Map.of("tag", reference)),
                "apns",
                Map.of(
                        "headers",
                        Map.of(
                                "apns-collapse-id",
                                reference,
                                // A time, not a span: a span would lie in the past.
                                "apns-expiration",
                                Long.toString(clock.instant().getEpochSecond() + seconds),
                                "apns-priority",
                                high ? "10" : "5")),
                "webpush",
                Map.of(
                        "headers",
                        Map.of("TTL", Long.toString(seconds), "Topic", reference, "Urgency", high ? "high" : "normal"),
                        "notification",
                        Map.of("tag", reference)));
    }
}
