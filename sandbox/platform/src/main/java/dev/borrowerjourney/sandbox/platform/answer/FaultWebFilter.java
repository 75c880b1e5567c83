package dev.borrowerjourney.sandbox.platform.answer;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INTERNAL_ERROR;
import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_REQUEST;
import static dev.borrowerjourney.sandbox.platform.Assumptions.SESSION_EXPIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.SESSION_REFRESH_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TOO_MANY_REQUESTS;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.unauthorized;

import dev.borrowerjourney.sandbox.platform.Switch;
import dev.borrowerjourney.sandbox.platform.call.Caller;
import dev.borrowerjourney.sandbox.platform.call.ErrorAnswers;
import dev.borrowerjourney.sandbox.platform.call.PlatformException;
import dev.borrowerjourney.sandbox.platform.call.TokenWebFilter;
import dev.borrowerjourney.sandbox.platform.call.Tokens;
import dev.borrowerjourney.sandbox.platform.fault.Faults;
import dev.borrowerjourney.sandbox.platform.fault.Occasion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Spoils calls of the platform's API, before they are done or after. */
@Component
@Order(1)
class FaultWebFilter implements WebFilter {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final int BEARER = "Bearer ".length();

    private static final String PAGE = """
            <html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>
            """;

    private final Faults faults;
    private final CallOccasions occasions;
    private final TokenAges ages;
    private final ErrorAnswers answers;

    FaultWebFilter(Faults faults, CallOccasions occasions, TokenAges ages, ErrorAnswers answers) {
        this.faults = faults;
        this.occasions = occasions;
        this.ages = ages;
        this.answers = answers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith("/api/") || !hostile()) {
            return chain.filter(exchange);
        }
        return DataBufferUtils.join(exchange.getRequest().getBody(), LARGEST_BODY)
                .map(FaultWebFilter::bytes)
                .defaultIfEmpty(new byte[0])
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> new PlatformException(
                                HttpStatus.CONTENT_TOO_LARGE, INVALID_REQUEST, "The body is too large."))
                .flatMap(body -> spoiled(repeating(exchange, body), chain, occasions.of(exchange, body)));
    }

    private boolean hostile() {
        return faults.any(
                Switch.SLOW_ANSWERS,
                Switch.CUT_CALLS,
                Switch.LOST_ANSWERS,
                Switch.TRUNCATED_ANSWERS,
                Switch.HTML_ANSWERS,
                Switch.FAILED_ANSWERS,
                Switch.TOO_MANY_REQUESTS,
                Switch.TOKEN_LIFE_MILLIS,
                Switch.LOST_REFRESHES);
    }

    private Mono<Void> spoiled(ServerWebExchange exchange, WebFilterChain chain, Occasion call) {
        if (expired(exchange, call)) {
            return Mono.error(unauthorized(SESSION_EXPIRED, "The session has expired."));
        }
        if (faults.strikes(Switch.CUT_CALLS, call)) {
            return SpoiledResponse.cut(exchange.getResponse());
        }
        if (faults.strikes(Switch.TOO_MANY_REQUESTS, call)) {
            return tooMany(exchange, faults.amount(Switch.RETRY_AFTER_SECONDS, call));
        }
        if (faults.strikes(Switch.FAILED_ANSWERS, call)) {
            return Mono.error(
                    new PlatformException(HttpStatus.INTERNAL_SERVER_ERROR, INTERNAL_ERROR, "The platform failed."));
        }
        if (faults.strikes(Switch.HTML_ANSWERS, call)) {
            return html(exchange.getResponse());
        }
        boolean slow = faults.strikes(Switch.SLOW_ANSWERS, call);
        Duration wait = slow ? Duration.ofMillis(faults.amount(Switch.SLOW_MILLIS, call)) : Duration.ZERO;
        SpoiledResponse.End end = end(exchange, call);
        if (!slow && end == SpoiledResponse.End.WHOLE) {
            return chain.filter(exchange);
        }
        ServerWebExchange spoiled = exchange.mutate()
                .response(new SpoiledResponse(exchange.getResponse(), wait, end))
                .build();
        // Outside of this filter a refusal would be answered whole and at once.
        return chain.filter(spoiled).onErrorResume(failure -> answers.handle(spoiled, failure));
    }

    private SpoiledResponse.End end(ServerWebExchange exchange, Occasion call) {
        boolean refresh = exchange.getRequest().getPath().value().equals(SESSION_REFRESH_PATH);
        if (faults.strikes(Switch.LOST_ANSWERS, call) || (refresh && faults.strikes(Switch.LOST_REFRESHES, call))) {
            return SpoiledResponse.End.LOST;
        }
        return faults.strikes(Switch.TRUNCATED_ANSWERS, call)
                ? SpoiledResponse.End.TRUNCATED
                : SpoiledResponse.End.WHOLE;
    }

    private boolean expired(ServerWebExchange exchange, Occasion call) {
        long life = faults.amount(Switch.TOKEN_LIFE_MILLIS, call);
        if (life == 0 || !(TokenWebFilter.caller(exchange) instanceof Caller.Borrower)) {
            return false;
        }
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return header != null
                && ages.olderThan(Tokens.hash(header.substring(BEARER).strip()), Duration.ofMillis(life));
    }

    private static Mono<Void> tooMany(ServerWebExchange exchange, long seconds) {
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        return Mono.error(new PlatformException(HttpStatus.TOO_MANY_REQUESTS, TOO_MANY_REQUESTS, "Too many requests."));
    }

    private static Mono<Void> html(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.BAD_GATEWAY);
        response.getHeaders().setContentType(MediaType.TEXT_HTML);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(PAGE.getBytes(StandardCharsets.UTF_8))));
    }

    /** The body was read to know whose call it is; the handler reads it again. */
    private static ServerWebExchange repeating(ServerWebExchange exchange, byte[] body) {
        return exchange.mutate()
                .request(new ServerHttpRequestDecorator(exchange.getRequest()) {
                    @Override
                    public Flux<DataBuffer> getBody() {
                        return body.length == 0
                                ? Flux.empty()
                                : Flux.just(
                                        exchange.getResponse().bufferFactory().wrap(body));
                    }
                })
                .build();
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
