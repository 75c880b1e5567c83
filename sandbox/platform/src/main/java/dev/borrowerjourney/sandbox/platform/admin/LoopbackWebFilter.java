package dev.borrowerjourney.sandbox.platform.admin;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_REQUEST;

import dev.borrowerjourney.sandbox.platform.call.PlatformException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Keeps web pages away from what has no authentication: a browser on this machine reaches loopback for any page, also
 * under a name of the page's own that leads here.
 */
@Component
@Order(0)
class LoopbackWebFilter implements WebFilter {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        // Decoded, as the handlers are looked up.
        String path = exchange.getRequest().getURI().getPath();
        boolean open = path.startsWith("/admin") || path.startsWith("/identity");
        return open && !local(exchange.getRequest().getHeaders())
                ? Mono.error(new PlatformException(HttpStatus.FORBIDDEN, INVALID_REQUEST, "Only this machine may ask."))
                : chain.filter(exchange);
    }

    private static boolean local(HttpHeaders headers) {
        String host = headers.getFirst(HttpHeaders.HOST);
        String origin = headers.getFirst(HttpHeaders.ORIGIN);
        return host != null
                && LOOPBACK.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))
                && (origin == null || LOOPBACK.contains(hostOf(origin)));
    }

    private static String hostOf(String origin) {
        try {
            @Nullable String host = new URI(origin).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException _) {
            return "";
        }
    }
}
