package dev.borrowerjourney.session.relay;

import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_HEADER_NAMES;

import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.reconciliation.Observations;
import java.util.Collection;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * Looks through JSON answers for internals of the network. An answer in which nothing is found keeps its bytes; one that
 * cannot be looked through is refused. Answers of a few other types stream by, and no others pass.
 */
class HttpAnswerFilter implements GatewayFilter {

    private final int mostBytes;
    private final HttpAnswerTypes types;
    private final Patience patience;
    private final Observations observations;
    private final HttpCleaning cleaning;

    HttpAnswerFilter(RelayProperties properties, Patience patience, Observations observations, HttpCleaning cleaning) {
        this.mostBytes = (int) properties.largestAnswer().toBytes();
        this.types = new HttpAnswerTypes(properties);
        this.patience = patience;
        this.observations = observations;
        this.cleaning = cleaning;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        var call = HttpMethod.HEAD.equals(exchange.getRequest().getMethod())
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate()
                                .response(new CleanAnswer(exchange))
                                .build())
                        .doOnSuccess(_ -> HttpPassage.end(exchange, observations))
                        .doOnError(_ -> forgetHeaders(exchange));
        return call.doOnSuccess(_ -> answered(exchange))
                .doFinally(_ -> HttpRelayFilter.ticketOf(exchange).ifPresent(Ticket::close));
    }

    private static void answered(ServerWebExchange exchange) {
        var status = exchange.getResponse().getStatusCode();
        if (status != null) {
            HttpRelayFilter.ticketOf(exchange).ifPresent(ticket -> ticket.answered(status.value()));
        }
    }

    private static void failed(ServerWebExchange exchange, Throwable failure) {
        HttpUpstreamFailures.fault(failure)
                .ifPresent(fault -> HttpRelayFilter.ticketOf(exchange).ifPresent(ticket -> ticket.failed(fault)));
    }

    /** What described the platform's answer must not describe the problem that is answered in its place. */
    private static void forgetHeaders(ServerWebExchange exchange) {
        if (!exchange.getResponse().isCommitted()
                && exchange.getAttribute(CLIENT_RESPONSE_HEADER_NAMES) instanceof Collection<?> names) {
            names.forEach(name -> exchange.getResponse().getHeaders().remove(name.toString()));
        }
    }

    private byte[] clean(ServerWebExchange exchange, byte[] body) {
        if (body.length == 0) {
            return body;
        }
        try {
            var cleaned = cleaning.of(body);
            HttpPassage.tell(exchange, cleaned.outline(), observations);
            return cleaned.body();
        } catch (JacksonException _) {
            throw HttpProblem.PLATFORM_FAILED.because("The platform's answer cannot be read.");
        }
    }

    private final class CleanAnswer extends ServerHttpResponseDecorator {

        private final ServerWebExchange exchange;

        CleanAnswer(ServerWebExchange exchange) {
            super(exchange.getResponse());
            this.exchange = exchange;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            return switch (types.of(getHeaders())) {
                case CLEANED -> writeCleaned(watched(body));
                case STREAMED -> {
                    answered(exchange);
                    yield super.writeWith(watched(body));
                }
                case REFUSED -> writeNothing(watched(body));
            };
        }

        /** So the gateway writes what it takes for a stream, and flushes each part of it. */
        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return switch (types.of(getHeaders())) {
                case STREAMED -> {
                    answered(exchange);
                    yield super.writeAndFlushWith(watched(body));
                }
                case CLEANED, REFUSED -> writeWith(Flux.from(body).concatMap(part -> part));
            };
        }

        private <T> Flux<T> watched(Publisher<? extends T> body) {
            return HttpRelayFilter.ticketOf(exchange)
                    .map(ticket -> patience.untilItEnds(Flux.<T>from(body), ticket.since()))
                    .orElseGet(() -> Flux.from(body))
                    .doOnError(failure -> failed(exchange, failure));
        }

        private Mono<Void> writeCleaned(Flux<? extends DataBuffer> body) {
            if (getHeaders().getContentLength() > mostBytes) {
                return Mono.error(tooLarge());
            }
            return DataBufferUtils.join(body, mostBytes)
                    .map(HttpAnswerFilter::bytesOf)
                    .defaultIfEmpty(new byte[0])
                    .onErrorMap(HttpAnswerFilter::problem)
                    .flatMap(bytes -> {
                        var clean = clean(exchange, bytes);
                        getHeaders().setContentLength(clean.length);
                        return super.writeWith(Mono.just(bufferFactory().wrap(clean)));
                    });
        }

        /** An answer without a body needs no type. */
        private Mono<Void> writeNothing(Flux<? extends DataBuffer> body) {
            return body.<Void>handle((buffer, sink) -> {
                        var empty = buffer.readableByteCount() == 0;
                        DataBufferUtils.release(buffer);
                        if (!empty) {
                            answered(exchange);
                            sink.error(HttpUpstreamFailures.unfit(exchange.getResponse()));
                        }
                    })
                    .onErrorMap(HttpUpstreamFailures::problem)
                    .then(Mono.defer(super::setComplete));
        }
    }

    private static Throwable problem(Throwable failure) {
        return failure instanceof DataBufferLimitException ? tooLarge() : HttpUpstreamFailures.problem(failure);
    }

    private static Throwable tooLarge() {
        return HttpProblem.ANSWER_TOO_LARGE.because("The platform's answer is larger than what can be looked through.");
    }

    private static byte[] bytesOf(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
