package dev.borrowerjourney.sandbox.platform.call;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Echoes {@code X-Correlation-ID}: what the client sent, or nothing. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CorrelationWebFilter implements WebFilter {

    static final String HEADER = "X-Correlation-ID";
    private static final String ATTRIBUTE = CorrelationWebFilter.class.getName();

    static @Nullable String of(ServerWebExchange exchange) {
        return exchange.getAttribute(ATTRIBUTE);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String id = exchange.getRequest().getHeaders().getFirst(HEADER);
        if (id == null) {
            return chain.filter(exchange);
        }
        if (!id.matches("[\\x21-\\x7e]{1,128}")) {
            return Mono.error(PlatformException.invalid(HEADER + " must be 1 to 128 printable characters."));
        }
        exchange.getAttributes().put(ATTRIBUTE, id);
        exchange.getResponse().getHeaders().set(HEADER, id);
        return chain.filter(exchange);
    }
}
