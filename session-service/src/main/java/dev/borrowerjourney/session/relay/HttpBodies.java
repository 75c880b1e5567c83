package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.relay.Patience.Progress;
import java.util.function.BiFunction;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps a small request body so that the request can be sent twice; a large one streams by and can be sent once. */
class HttpBodies {

    private static final String PROGRESS = Progress.class.getName();

    private final long mostBytes;

    HttpBodies(RelayProperties properties) {
        this.mostBytes = properties.largestRepeatable().toBytes();
    }

    /** Calls on with the exchange to send, and whether it may be sent again. */
    Mono<Void> kept(ServerWebExchange exchange, BiFunction<ServerWebExchange, Boolean, Mono<Void>> next) {
        var request = exchange.getRequest();
        var length = request.getHeaders().getContentLength();
        if (length <= 0 && !request.getHeaders().containsHeader(HttpHeaders.TRANSFER_ENCODING)) {
            return next.apply(exchange, true);
        }
        if (length < 0 || length > mostBytes) {
            return next.apply(exchange.mutate().request(streamed(exchange)).build(), false);
        }
        return DataBufferUtils.join(request.getBody(), (int) mostBytes)
                .map(HttpBodies::bytesOf)
                .defaultIfEmpty(new byte[0])
                .flatMap(bytes -> next.apply(
                        exchange.mutate()
                                .request(new Kept(request, exchange, bytes))
                                .build(),
                        true));
    }

    /** How far a request is on its way to the platform; from now on if it is there already. */
    static Progress progressOf(ServerWebExchange exchange) {
        return exchange.getAttribute(PROGRESS) instanceof Progress progress ? progress : new Progress();
    }

    private static ServerHttpRequest streamed(ServerWebExchange exchange) {
        var progress = new Progress();
        exchange.getAttributes().put(PROGRESS, progress);
        return new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody()
                        .doOnRequest(progress::asked)
                        .doOnNext(_ -> progress.came())
                        .doOnComplete(progress::ended);
            }
        };
    }

    private static byte[] bytesOf(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static final class Kept extends ServerHttpRequestDecorator {

        private final ServerWebExchange exchange;
        private final byte[] bytes;

        Kept(ServerHttpRequest request, ServerWebExchange exchange, byte[] bytes) {
            super(request);
            this.exchange = exchange;
            this.bytes = bytes;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            return Flux.defer(
                    () -> Flux.just(exchange.getResponse().bufferFactory().wrap(bytes)));
        }
    }
}
