package dev.borrowerjourney.notifier.stream;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The answer to a request for a stream, which begins only after everything that admitted the request has ended. */
final class HttpStreamAnswer extends ServerHttpResponseDecorator {

    private volatile @Nullable Flux<? extends Publisher<? extends DataBuffer>> events;

    HttpStreamAnswer(ServerHttpResponse response) {
        super(response);
    }

    /** The answer behind what filters may have put around it. */
    static HttpStreamAnswer in(ServerHttpResponse response) {
        return switch (response) {
            case HttpStreamAnswer answer -> answer;
            case ServerHttpResponseDecorator around -> in(around.getDelegate());
            default -> throw new IllegalStateException("Only HttpStreamHandler's requests can become streams.");
        };
    }

    /** Has these written once the request is admitted. */
    void with(Flux<? extends Publisher<? extends DataBuffer>> admitted) {
        events = admitted;
    }

    /** Does not end what has not begun yet. */
    @Override
    public Mono<Void> setComplete() {
        return events == null ? super.setComplete() : Mono.empty();
    }

    /** Writes the stream, unless the request was answered otherwise. */
    Mono<Void> begin() {
        var admitted = events;
        return admitted == null ? Mono.empty() : getDelegate().writeAndFlushWith(admitted);
    }
}
