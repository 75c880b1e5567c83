package dev.borrowerjourney.sandbox.demo.edge;

import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The page's own headers. It runs no script, and talks to no host, but those of its own origin, so a text that a stranger
 * smuggled in could neither act nor tell; the services' answers keep theirs.
 */
@Component
class PageWebFilter implements WebFilter {

    private static final MediaType MANIFEST = MediaType.parseMediaType("application/manifest+json");

    private static final List<String> ROUTED = List.of("/v1/", "/api/", "/identity/");

    private static final Map<String, String> HEADERS = Map.of(
            // Asked for each time, and mostly answered with 304: modules of two versions never meet.
            "Cache-Control",
            "no-cache",
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; "
                    + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types shell",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "Referrer-Policy",
            "no-referrer",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!routed(exchange.getRequest())) {
            exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> head(exchange)));
        }
        return chain.filter(exchange);
    }

    private static void head(ServerWebExchange exchange) {
        var headers = exchange.getResponse().getHeaders();
        headers.setAll(HEADERS);
        if (exchange.getRequest().getPath().value().endsWith(".webmanifest")) {
            headers.setContentType(MANIFEST);
        }
    }

    private static boolean routed(ServerHttpRequest request) {
        var path = request.getPath().value();
        return ROUTED.stream().anyMatch(path::startsWith);
    }
}
