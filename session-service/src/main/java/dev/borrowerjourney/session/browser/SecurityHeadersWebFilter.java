package dev.borrowerjourney.session.browser;

import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Marks every answer, relayed or our own, as data of one borrower that nobody may keep, frame or run. */
class SecurityHeadersWebFilter implements WebFilter, Ordered {

    private static final Map<String, String> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Referrer-Policy", "no-referrer",
            // Ignored by browsers on plain http, so it is safe before a proxy that ends TLS.
            "Strict-Transport-Security", "max-age=31536000",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY");

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        // At commit, so that nothing that the platform answered replaces or doubles them.
        response.beforeCommit(() -> {
            HEADERS.forEach(response.getHeaders()::set);
            response.getHeaders().remove("Pragma");
            response.getHeaders().remove("Expires");
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
