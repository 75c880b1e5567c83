package dev.borrowerjourney.notifier.stream;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Lets go of all that admitted a stream before the stream begins. Filters, security and handler stay in memory as long as
 * the chain that they make up is not over, and they weigh several times as much as an open connection.
 */
final class HttpStreamHandler implements HttpHandler {

    static final String PATH = "/v1/stream";

    private final HttpHandler admission;

    HttpStreamHandler(HttpHandler admission) {
        this.admission = admission;
    }

    @Override
    public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        if (!request.getPath().value().equals(PATH)) {
            return admission.handle(request, response);
        }
        var answer = new HttpStreamAnswer(response);
        // What comes first is known to what comes second as long as that lasts, so it must hold nothing any more.
        var first = new AtomicReference<@Nullable ServerHttpRequest>(request);
        var asked = asked(request);
        return Mono.defer(() -> admitted(first, answer)).then(Mono.defer(() -> {
            // The server remembers the request, and with it the token, until the stream's end.
            asked.clear();
            return answer.begin();
        }));
    }

    private static HttpHeaders asked(ServerHttpRequest request) {
        HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
        return server.requestHeaders();
    }

    private Mono<Void> admitted(AtomicReference<@Nullable ServerHttpRequest> first, HttpStreamAnswer answer) {
        var request = first.getAndSet(null);
        return request == null
                ? Mono.error(new IllegalStateException("A request is handled once."))
                : admission.handle(request, answer);
    }
}
