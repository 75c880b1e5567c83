package dev.borrowerjourney.defaults.correlation;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Settles a request's id and trace before anything else sees it, and echoes the id on every answer. */
public final class CorrelationWebFilter implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var context = RequestContext.of(exchange);
        var response = exchange.getResponse();
        // At commit, so that neither a relayed answer nor an error handler can replace or double it.
        response.beforeCommit(() -> {
            response.getHeaders().set(CorrelationId.HEADER, context.correlationId());
            return Mono.empty();
        });
        return chain.filter(exchange).contextWrite(view -> view.put(RequestContext.KEY, context));
    }
}
