package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.reconciliation.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks through JSON answers for internals of the network. An answer in which nothing is found keeps its bytes; one that
 * cannot be looked through is refused. Other answers stream by.
 */
class HttpAnswerFilter implements GatewayFilter {

    /** Decimals keep their digits, and a repeated member cannot hide what stands in the first one. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final NetworkInternals internals;
    private final int mostBytes;
    private final Observations observations;
    private final MeterRegistry meters;

    HttpAnswerFilter(RelayProperties properties, Observations observations, MeterRegistry meters) {
        this.internals = new NetworkInternals(properties.removeAmbiguous());
        this.mostBytes = (int) properties.largestAnswer().toBytes();
        this.observations = observations;
        this.meters = meters;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (HttpMethod.HEAD.equals(exchange.getRequest().getMethod())) {
            return chain.filter(exchange);
        }
        return chain.filter(
                        exchange.mutate().response(new CleanAnswer(exchange)).build())
                .doOnSuccess(_ -> HttpPassage.end(exchange, observations));
    }

    private byte[] clean(ServerWebExchange exchange, byte[] body) {
        if (body.length == 0) {
            return body;
        }
        try {
            var root = JSON.readTree(body);
            var findings = internals.removeFrom(root);
            HttpPassage.tell(exchange, root, observations);
            meters.counter("session.relay.internals", "kind", "removed").increment(findings.removed());
            meters.counter("session.relay.internals", "kind", "ambiguous").increment(findings.ambiguous());
            return findings.removed() == 0 ? body : JSON.writeValueAsBytes(root);
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
            if (!isJson(getHeaders())) {
                return super.writeWith(body);
            }
            if (getHeaders().containsHeader(HttpHeaders.CONTENT_ENCODING)) {
                return Mono.error(HttpProblem.PLATFORM_FAILED.because("The platform's answer is encoded unasked."));
            }
            return DataBufferUtils.join(Flux.from(body), mostBytes)
                    .map(HttpAnswerFilter::bytesOf)
                    .defaultIfEmpty(new byte[0])
                    .onErrorMap(
                            DataBufferLimitException.class,
                            _ -> HttpProblem.PLATFORM_FAILED.because("The platform's answer is too large."))
                    .flatMap(bytes -> {
                        var clean = clean(exchange, bytes);
                        getHeaders().setContentLength(clean.length);
                        return super.writeWith(Mono.just(bufferFactory().wrap(clean)));
                    });
        }
    }

    private static boolean isJson(HttpHeaders headers) {
        var type = headers.getContentType();
        return type != null
                && (MediaType.APPLICATION_JSON.isCompatibleWith(type)
                        || type.getSubtype().endsWith("+json"));
    }

    private static byte[] bytesOf(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
