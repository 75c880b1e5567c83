package dev.borrowerjourney.sandbox.demo.inbox;

import static dev.borrowerjourney.sandbox.demo.inbox.Inbox.JSON;

import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.netty.http.server.HttpServerRequest;
import tools.jackson.core.JacksonException;

/**
 * The three push services' sides of their protocols, as far as a demo needs them: who comes must bring a credential, and
 * an address must be one. That credentials are right is tested with notifier-service.
 */
final class InboxRoutes {

    private static final String WEB_PUSH = "/web-push/";
    private static final String APNS = "/3/device/";
    private static final String FCM = "/v1/projects/";

    private final Inbox inbox;
    private final String base;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();

    InboxRoutes(Inbox inbox, String base) {
        this.inbox = inbox;
        this.base = base;
    }

    /** @param type of the body */
    record Answer(int status, String type, String body) {

        static Answer of(int status) {
            return json(status, "");
        }

        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body);
        }
    }

    Answer answer(HttpServerRequest request, byte[] body) {
        var path = request.fullPath();
        try {
            return switch (request.method() + " " + path) {
                case "GET /" -> new Answer(200, "text/html;charset=utf-8", InboxPage.of(inbox.pushes()));
                case "GET /pushes" -> Answer.json(200, JSON.writeValueAsString(inbox.pushes()));
                case "POST /devices" -> Answer.json(200, inbox.newDevices(base).toString());
                case "POST /token" -> token();
                case String post when post.startsWith("POST " + WEB_PUSH) -> webPush(request, path, body);
                case String post when post.startsWith("POST " + FCM) -> fcm(request, body);
                case String post when post.startsWith("POST " + APNS) -> apns(request, path, body);
                default -> Answer.of(404);
            };
        } catch (GeneralSecurityException | JacksonException _) {
            return Answer.of(400);
        }
    }

    private Answer webPush(HttpServerRequest request, String path, byte[] body) throws GeneralSecurityException {
        var id = path.substring(WEB_PUSH.length());
        var browser = inbox.browser(id);
        if (browser.isEmpty()) {
            return Answer.of(410);
        }
        if (!authorization(request).startsWith("vapid ")) {
            return Answer.of(401);
        }
        var content = JSON.readTree(browser.orElseThrow().decrypt(body));
        inbox.add(Arrived.of("WEB_PUSH", id, content, content));
        return Answer.of(201);
    }

    private Answer token() {
        var token = UUID.randomUUID().toString();
        tokens.add("Bearer " + token);
        return Answer.json(200, "{\"access_token\": \"" + token + "\", \"expires_in\": 3599}");
    }

    private Answer fcm(HttpServerRequest request, byte[] body) {
        if (!tokens.contains(authorization(request))) {
            return Answer.of(401);
        }
        var message = JSON.readTree(body).path("message");
        inbox.add(Arrived.of("FCM", message.path("token").asString(""), message, message.path("notification")));
        return Answer.json(200, "{\"name\": \"projects/sandbox/messages/" + UUID.randomUUID() + "\"}");
    }

    private Answer apns(HttpServerRequest request, String path, byte[] body) {
        if (!authorization(request).startsWith("bearer ")
                || request.requestHeaders().get("apns-topic") == null) {
            return Answer.json(403, "{\"reason\": \"MissingProviderToken\"}");
        }
        var content = JSON.readTree(body);
        inbox.add(Arrived.of("APNS", path.substring(APNS.length()), content, content.at("/aps/alert")));
        return Answer.of(200);
    }

    private static String authorization(HttpServerRequest request) {
        return Objects.requireNonNullElse(request.requestHeaders().get("Authorization"), "");
    }
}
