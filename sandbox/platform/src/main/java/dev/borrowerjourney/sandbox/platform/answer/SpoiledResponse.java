package dev.borrowerjourney.sandbox.platform.answer;

import java.time.Duration;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerResponse;

/** An answer that comes late, in part or not at all, although what it tells was done. */
class SpoiledResponse extends ServerHttpResponseDecorator {

    /** How an answer ends. */
    enum End {
        WHOLE,
        /** The connection is cut in its place. */
        LOST,
        /** The connection is cut in its middle. */
        TRUNCATED
    }

    private final Duration wait;
    private final End end;

    SpoiledResponse(ServerHttpResponse whole, Duration wait, End end) {
        super(whole);
        this.wait = wait;
        this.end = end;
    }

    /** Closes the connection without a word. */
    static Mono<Void> cut(ServerHttpResponse response) {
        HttpServerResponse connection = ServerHttpResponseDecorator.getNativeResponse(response);
        return Mono.<Void>fromRunnable(() -> connection.withConnection(DisposableChannel::dispose))
                .then(Mono.never());
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return DataBufferUtils.join(body).flatMap(whole -> Mono.delay(wait).then(Mono.defer(() -> ended(whole))));
    }

    private Mono<Void> ended(DataBuffer whole) {
        return switch (end) {
            case WHOLE -> super.writeWith(Mono.just(whole));
            case LOST -> {
                DataBufferUtils.release(whole);
                yield cut(getDelegate());
            }
            case TRUNCATED -> {
                getHeaders().setContentLength(whole.readableByteCount());
                DataBuffer half = whole.split(whole.readableByteCount() / 2);
                DataBufferUtils.release(whole);
                yield super.writeAndFlushWith(Flux.just(Mono.just(half))).then(cut(getDelegate()));
            }
        };
    }
}
