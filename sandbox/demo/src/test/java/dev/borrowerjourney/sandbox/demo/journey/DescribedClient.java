package dev.borrowerjourney.sandbox.demo.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.testing.OpenApiDocument;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.assertj.core.api.Assertions;

/**
 * A client that holds each answer of session-service, whoever asked for it, against the service's OpenAPI document, and keeps
 * the refusals of all services.
 */
final class DescribedClient extends HttpClient {

    private static final OpenApiDocument DOCUMENT =
            OpenApiDocument.at(Path.of("../../session-service/src/main/openapi/session-service.yaml"));

    private final HttpClient client = HttpCalls.client();
    private final Set<String> described = new ConcurrentSkipListSet<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();

    /** Method, first words of the path and status of what was found to be described. */
    Set<String> described() {
        return described;
    }

    /** Headers and bodies of all answers that were no success. */
    List<String> refusals() {
        return refusals;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return held(client.send(request, handler));
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, BodyHandler<T> handler) {
        return client.sendAsync(request, handler).thenApply(this::held);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, BodyHandler<T> handler, PushPromiseHandler<T> promises) {
        return client.sendAsync(request, handler, promises).thenApply(this::held);
    }

    /** A stream's body is not read here: it is the notifier's. */
    private <T> HttpResponse<T> held(HttpResponse<T> answer) {
        if (!(answer.body() instanceof String body)) {
            return answer;
        }
        var method = answer.request().method();
        var path = answer.uri().getRawPath();
        if (answer.statusCode() >= 400) {
            refusals.add(answer.headers().map() + " " + body);
        }
        if (DOCUMENT.covers(path)) {
            Assertions.assertThat(DOCUMENT.faults(
                            method, path, answer.statusCode(), answer.headers().map(), body.getBytes(UTF_8)))
                    .as("%s %s answered %s", method, path, answer.statusCode())
                    .isEmpty();
            described.add(method + " " + path.replaceFirst("^(/v1/[a-z]+|/api/v1/headless).*", "$1") + " "
                    + answer.statusCode());
        }
        return answer;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
