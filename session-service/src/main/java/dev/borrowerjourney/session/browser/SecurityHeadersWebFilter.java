package dev.borrowerjourney.session.browser;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Marks every answer, relayed or our own, as data of one borrower that nobody may keep, frame or run. */
class SecurityHeadersWebFilter implements WebFilter, Ordered {

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        // At commit, so that nothing that the platform answered replaces or doubles them.
        response.beforeCommit(() -> {
            BrowserHeaders.SECURITY.forEach(response.getHeaders()::set);
            response.getHeaders().remove("Pragma");
            response.getHeaders().remove("Expires");
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
