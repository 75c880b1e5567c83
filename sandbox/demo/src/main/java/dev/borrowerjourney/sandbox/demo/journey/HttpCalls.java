package dev.borrowerjourney.sandbox.demo.journey;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * JSON calls as an app makes them: every mutation under one idempotency key, repeated with it when there was no answer or
 * the answer asks for patience or tells of a failure that is not the call's.
 */
public final class HttpCalls {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int ATTEMPTS = 5;

    private final HttpClient client;
    private final String base;
    private final String correlationId;

    /**
     * One flow of calls.
     *
     * @param base prefix of every path
     * @param correlationId the same for all calls of this flow
     */
    public HttpCalls(HttpClient client, String base, String correlationId) {
        this.client = client;
        this.base = base;
        this.correlationId = correlationId;
    }

    /** A client for many borrowers. */
    public static HttpClient client() {
        // Not 2: the upgrade would be one more thing between the app and what is measured.
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** The body of a 2xx answer. */
    public JsonNode get(String path, @Nullable String token) throws IOException, InterruptedException {
        return accepted(request(path, token).GET(), "GET " + path);
    }

    /** The body of a 2xx answer to a mutation. */
    public JsonNode send(String method, String path, @Nullable String token, JsonNode body)
            throws IOException, InterruptedException {
        var request = request(path, token)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()));
        return accepted(request, method + " " + path);
    }

    private HttpRequest.Builder request(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json")
                .header("X-Correlation-ID", correlationId);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private JsonNode accepted(HttpRequest.Builder request, String what) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                var answer = client.send(request.build(), BodyHandlers.ofString());
                int status = answer.statusCode();
                if (status / 100 == 2) {
                    return answer.body().isEmpty()
                            ? JsonNodeFactory.instance.objectNode()
                            : JSON.readTree(answer.body());
                }
                if (attempt == ATTEMPTS || !(status == 429 || status >= 500)) {
                    throw new RefusedException(status, what + " answers " + status + " " + code(answer.body()));
                }
                pause(patience(answer));
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                pause(Duration.ofMillis(500));
            }
        }
    }

    /** Answered, and not with success. */
    static final class RefusedException extends IOException {

        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static Duration patience(HttpResponse<String> answer) {
        try {
            var seconds = answer.headers().firstValueAsLong("Retry-After").orElse(1);
            return Duration.ofSeconds(Math.clamp(seconds, 0, 10));
        } catch (NumberFormatException _) {
            return Duration.ofSeconds(1);
        }
    }

    /** What may be shown of an error: its code, never values. */
    private static String code(String body) {
        try {
            var json = JSON.readTree(body);
            var code = json.at("/error/code").asString("");
            return code.isEmpty() ? json.path("type").asString("") : code;
        } catch (JacksonException _) {
            return "";
        }
    }

    private static void pause(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }
}
