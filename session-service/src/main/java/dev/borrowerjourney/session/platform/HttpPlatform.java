package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls the platform over HTTP. Every call ends within the call timeout, its body included. A call whose connection broke
 * is made once more under the same idempotency key.
 */
public class HttpPlatform {

    private static final String HEADLESS = "/api/v1/headless";
    private static final int MOST_BYTES = 1024 * 1024;

    private final PlatformProperties properties;
    private final ApiKeys keys;
    private final PlatformAnswers answers;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final HttpClient http;

    HttpPlatform(PlatformProperties properties, ApiKeys keys, JsonMapper json, MeterRegistry meters) {
        this.properties = properties;
        this.keys = keys;
        this.answers = new PlatformAnswers(json);
        this.json = json;
        this.meters = meters;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
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
        return call("open", request, answers::session);
    }

    /** Resumes a journey of the borrower whose session token it is. */
    public PlatformAnswer<ActiveJourney> resume(
            Secret sessionToken, String journeyId, UUID idempotencyKey, String correlationId) {
        // A space is the one character that form encoding writes otherwise than a path.
        var segment = URLEncoder.encode(journeyId, StandardCharsets.UTF_8).replace("+", "%20");
        var request = request("/journeys/" + segment + "/resume", sessionToken, idempotencyKey, correlationId)
                .method("PATCH", BodyPublishers.noBody());
        return call("resume", request, answers::journey);
    }

    private HttpRequest.Builder request(String path, Secret token, UUID idempotencyKey, String correlationId) {
        return HttpRequest.newBuilder(properties.at(HEADLESS + path))
                .header("Authorization", "Bearer " + token.reveal())
                .header("Accept", "application/json")
                .header("Idempotency-Key", idempotencyKey.toString())
                .header("X-Correlation-ID", correlationId);
    }

    private <T> PlatformAnswer<T> call(String operation, HttpRequest.Builder request, Function<JsonNode, T> reading) {
        var start = System.nanoTime();
        var answer = answer(request.build(), reading);
        var outcome =
                switch (answer) {
                    case PlatformAnswer.Answered<T> _ -> "answered";
                    case PlatformAnswer.Refused<T> refused -> "refused_" + refused.status();
                    case PlatformAnswer.Unanswered<T> unanswered ->
                        unanswered.cause().name().toLowerCase(Locale.ROOT);
                };
        meters.timer("session.platform.calls", "operation", operation, "outcome", outcome)
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        return answer;
    }

    private <T> PlatformAnswer<T> answer(HttpRequest request, Function<JsonNode, T> reading) {
        var end = System.nanoTime() + properties.callTimeout().toNanos();
        var first = attempt(request, reading, end);
        // A kept connection may have been closed just now. The same Idempotency-Key makes asking again safe.
        return first instanceof PlatformAnswer.Unanswered<T>(var cause) && cause == PlatformAnswer.Cause.BROKEN
                ? attempt(request, reading, end)
                : first;
    }

    private <T> PlatformAnswer<T> attempt(HttpRequest request, Function<JsonNode, T> reading, long end) {
        // The request's own timeout ends with the headers; waiting on the future bounds the body, too.
        var sent = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            var response = sent.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            return answers.read(response.statusCode(), response.body(), retryAfter(response), reading);
        } catch (TimeoutException _) {
            sent.cancel(true);
            return new PlatformAnswer.Unanswered<>(PlatformAnswer.Cause.TIMEOUT);
        } catch (ExecutionException e) {
            return new PlatformAnswer.Unanswered<>(causeOf(e));
        } catch (InterruptedException _) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            return new PlatformAnswer.Unanswered<>(PlatformAnswer.Cause.TIMEOUT);
        }
    }

    private static PlatformAnswer.Cause causeOf(ExecutionException e) {
        return switch (e.getCause()) {
            case HttpConnectTimeoutException _, ConnectException _ -> PlatformAnswer.Cause.UNREACHABLE;
            case IOException _ -> PlatformAnswer.Cause.BROKEN;
            case null, default -> throw new IllegalStateException("The platform could not be called.", e);
        };
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,5}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(null);
    }
}
