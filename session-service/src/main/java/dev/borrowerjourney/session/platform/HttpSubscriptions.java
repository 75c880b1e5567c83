package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.session.platform.PlatformProperties.Application;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Reads and changes at the platform where an application's webhooks go. */
public class HttpSubscriptions {

    private final HttpCalls calls;
    private final ApiKeys keys;
    private final PlatformAnswers answers;
    private final JsonMapper json;

    HttpSubscriptions(HttpCalls calls, ApiKeys keys, PlatformAnswers answers, JsonMapper json) {
        this.calls = calls;
        this.keys = keys;
        this.answers = answers;
        this.json = json;
    }

    public PlatformAnswer<Subscription> read(Application application, String correlationId) {
        var request = request(application, "configuration", correlationId).GET();
        return calls.call("subscription", request, answers::subscription);
    }

    /**
     * Has the webhooks of an application sent to a URL.
     *
     * @param idempotencyKey the same on each retry of the same operation
     */
    public PlatformAnswer<Subscription> subscribe(
            Application application, URI url, UUID idempotencyKey, String correlationId) {
        var body = json.createObjectNode().put("url", url.toString());
        var request = request(application, "subscribe", correlationId)
                .header("Idempotency-Key", idempotencyKey.toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        return calls.call("subscribe", request, answers::subscription);
    }

    /** Ends the webhooks of an application. */
    public PlatformAnswer<Subscription> unsubscribe(
            Application application, UUID idempotencyKey, String correlationId) {
        var request = request(application, "unsubscribe", correlationId)
                .header("Idempotency-Key", idempotencyKey.toString())
                .POST(BodyPublishers.noBody());
        return calls.call("unsubscribe", request, answers::subscription);
    }

    private HttpRequest.Builder request(Application application, String what, String correlationId) {
        var path = "/api/tenants/" + application.tenantId() + "/applications/" + application.applicationId()
                + "/webhooks/" + what;
        return calls.request(path, keys.of(application.applicationId()), correlationId);
    }
}
