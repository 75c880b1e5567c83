package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.tracing.Spans;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Makes calls to the platform. Every call ends within the call timeout, its body included. A call whose connection broke
 * is made once more under the same idempotency key.
 */
class HttpCalls {

    private static final int MOST_BYTES = 1024 * 1024;

    private final PlatformProperties properties;
    private final PlatformAnswers answers;
    private final MeterRegistry meters;
    private final Spans spans;
    private final HttpClient http;

    HttpCalls(PlatformProperties properties, PlatformAnswers answers, MeterRegistry meters, Spans spans) {
        this.properties = properties;
        this.answers = answers;
        this.meters = meters;
        this.spans = spans;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    HttpRequest.Builder request(String path, Secret token, String correlationId) {
        return HttpRequest.newBuilder(properties.at(path))
                .header("Authorization", "Bearer " + token.reveal())
                .header("Accept", "application/json")
                .header("X-Correlation-ID", correlationId);
    }

    /**
     * Makes a call.
     *
     * @param operation names it in the metrics
     * @param reading takes what is needed out of the whole answer
     */
    <T> PlatformAnswer<T> call(String operation, HttpRequest.Builder request, Function<JsonNode, T> reading) {
        try (var work = spans.call("platform " + operation)) {
            var start = System.nanoTime();
            var answer = answer(request.build(), reading);
            var outcome = outcome(answer);
            work.outcome(outcome);
            meters.timer("session.platform.calls", "operation", operation, "outcome", outcome)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return answer;
        }
    }

    private static String outcome(PlatformAnswer<?> answer) {
        return switch (answer) {
            case PlatformAnswer.Answered<?> _ -> "answered";
            case PlatformAnswer.Refused<?> refused -> "refused_" + refused.status();
            case PlatformAnswer.Unanswered<?> unanswered ->
                unanswered.cause().name().toLowerCase(Locale.ROOT);
        };
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
