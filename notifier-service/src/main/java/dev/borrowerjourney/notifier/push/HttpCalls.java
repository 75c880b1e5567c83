package dev.borrowerjourney.notifier.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Calls to push services over HTTP/2: bounded in time and size, and never sent on to elsewhere by a redirect. */
final class HttpCalls implements AutoCloseable {

    private static final int MOST_BYTES = 64 * 1024;

    private final HttpClient client;
    private final Duration timeout;
    private final Clock clock;

    HttpCalls(Duration connectTimeout, Duration timeout, Clock clock) {
        this.client = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .followRedirects(Redirect.NEVER)
                .build();
        this.timeout = timeout;
        this.clock = clock;
    }

    /** @param retryAfter null if the answer asks for none */
    record Answer(int status, @Nullable Duration retryAfter, String body) {

        boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /** For calls that take several requests. */
    Deadline deadline() {
        return Deadline.in(timeout);
    }

    Answer send(HttpRequest request) throws IOException, InterruptedException {
        return send(request, deadline());
    }

    Answer send(HttpRequest request, Deadline deadline) throws IOException, InterruptedException {
        if (deadline.nanosLeft() <= 0) {
            throw new IOException("no time left for a call, of " + timeout);
        }
        // A request's own timeout ends with the headers of the answer; this one is for all of it.
        var answering = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), MOST_BYTES));
        try {
            var answer = answering.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
            return new Answer(answer.statusCode(), retryAfter(answer), answer.body());
        } catch (TimeoutException | InterruptedException e) {
            answering.cancel(true);
            if (e instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException("no answer within " + timeout);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private @Nullable Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers().firstValue("Retry-After").map(this::delay).orElse(null);
    }

    private @Nullable Duration delay(String retryAfter) {
        try {
            var delay = retryAfter.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter.strip()))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return delay.isNegative() ? null : delay;
        } catch (DateTimeException _) {
            return null;
        }
    }
}
