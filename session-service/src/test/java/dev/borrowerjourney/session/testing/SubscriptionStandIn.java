package dev.borrowerjourney.session.testing;

import dev.borrowerjourney.session.testing.PlatformStandIn.Answer;
import dev.borrowerjourney.session.testing.PlatformStandIn.Request;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The subscription API of one application at the platform, as documented until a test says otherwise. */
public final class SubscriptionStandIn {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final UUID tenantId;
    private final UUID applicationId;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile @Nullable String url;
    private volatile @Nullable Function<Request, Answer> reading;
    private volatile @Nullable Function<Request, Answer> subscribing;

    public SubscriptionStandIn(PlatformStandIn platform, UUID tenantId, UUID applicationId) {
        this.tenantId = tenantId;
        this.applicationId = applicationId;
        var path = "/api/tenants/" + tenantId + "/applications/" + applicationId + "/webhooks/";
        platform.on("GET " + path + "configuration", request -> answer(request, reading));
        platform.on("POST " + path + "subscribe", request -> answer(request, subscribing));
        platform.on("POST " + path + "unsubscribe", request -> {
            requests.add(request);
            url = null;
            return told();
        });
    }

    /** Where webhooks go, or null if nowhere. */
    public @Nullable String url() {
        return url;
    }

    /** Somebody else changes the subscription. */
    public void change(@Nullable String to) {
        url = to;
    }

    public void onRead(Function<Request, Answer> answer) {
        reading = answer;
    }

    public void onSubscribe(Function<Request, Answer> answer) {
        subscribing = answer;
    }

    /** Behaves as documented again. */
    public void heal() {
        reading = null;
        subscribing = null;
    }

    public List<Request> mutations() {
        return requests.stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Does what the platform documents, and answers. */
    public Answer documented(Request request) {
        if (request.method().equals("POST")) {
            url = JSON.readTree(request.body()).path("url").stringValue();
        }
        return told();
    }

    public Answer told() {
        return told(tenantId, applicationId);
    }

    public Answer told(UUID tenantId, UUID applicationId) {
        var now = url;
        return Answer.json(
                200,
                JSON.createObjectNode()
                        .put("tenant_id", tenantId.toString())
                        .put("application_id", applicationId.toString())
                        .put("webhook_enabled", now != null)
                        .put("webhook_url", now)
                        .toString());
    }

    private Answer answer(Request request, @Nullable Function<Request, Answer> instead) {
        requests.add(request);
        return instead == null ? documented(request) : instead.apply(request);
    }
}
