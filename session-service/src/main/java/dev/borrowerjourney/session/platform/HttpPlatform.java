package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls the platform's headless surface over HTTP. */
public class HttpPlatform {

    private static final String HEADLESS = "/api/v1/headless";

    private final HttpCalls calls;
    private final ApiKeys keys;
    private final PlatformAnswers answers;
    private final JsonMapper json;

    HttpPlatform(HttpCalls calls, ApiKeys keys, PlatformAnswers answers, JsonMapper json) {
        this.calls = calls;
        this.keys = keys;
        this.answers = answers;
        this.json = json;
    }

    /**
     * Creates or resumes the borrower's session.
     *
     * @param prefill further members of the request, passed on as they are
     * @param idempotencyKey the same on each retry of the same operation
     */
    public PlatformAnswer<PlatformSession> open(
            UUID applicationId,
            String borrowerExternalId,
            ObjectNode prefill,
            UUID idempotencyKey,
            String correlationId) {
        var body = json.createObjectNode().put("borrowerExternalID", borrowerExternalId);
        body.setAll(prefill);
        var request = request("/sessions", keys.of(applicationId), idempotencyKey, correlationId)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        return calls.call("open", request, answer -> answers.session(answer.path("data")));
    }

    /**
     * Renews a session by its refresh token, which is used up by that. The answer knows no active journey.
     *
     * @param idempotencyKey the same on each attempt to use this refresh token
     */
    public PlatformAnswer<PlatformSession> refresh(
            UUID applicationId, Secret refreshToken, UUID idempotencyKey, String correlationId) {
        var body = json.createObjectNode().put("refreshToken", refreshToken.reveal());
        var request = request("/sessions/refresh", keys.of(applicationId), idempotencyKey, correlationId)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
        return calls.call("refresh", request, answer -> answers.session(answer.path("data")));
    }

    /** Resumes a journey of the borrower whose session token it is. */
    public PlatformAnswer<ActiveJourney> resume(
            Secret sessionToken, String journeyId, UUID idempotencyKey, String correlationId) {
        // A space is the one character that form encoding writes otherwise than a path.
        var segment = URLEncoder.encode(journeyId, StandardCharsets.UTF_8).replace("+", "%20");
        var request = request("/journeys/" + segment + "/resume", sessionToken, idempotencyKey, correlationId)
                .method("PATCH", BodyPublishers.noBody());
        return calls.call("resume", request, answer -> answers.journey(answer.path("data")));
    }

    private HttpRequest.Builder request(String path, Secret token, UUID idempotencyKey, String correlationId) {
        return calls.request(HEADLESS + path, token, correlationId)
                .header("Idempotency-Key", idempotencyKey.toString());
    }
}
