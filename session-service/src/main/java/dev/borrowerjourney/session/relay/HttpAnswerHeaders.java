package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import java.util.List;
import java.util.Locale;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Drops what concerns the hop to the platform, or tells about its servers. */
class HttpAnswerHeaders implements HttpHeadersFilter, Ordered {

    private static final List<String> DROPPED = List.of(
            HttpHeaders.CONNECTION,
            "Keep-Alive",
            HttpHeaders.PROXY_AUTHENTICATE,
            HttpHeaders.TRAILER,
            HttpHeaders.TRANSFER_ENCODING,
            HttpHeaders.UPGRADE,
            HttpHeaders.SET_COOKIE,
            "Set-Cookie2",
            HttpHeaders.SERVER,
            HttpHeaders.VIA,
            "Forwarded",
            "Alt-Svc",
            "Server-Timing",
            "X-Powered-By",
            "X-Real-IP",
            // Set anew, from the request.
            CorrelationId.HEADER);
    private static final List<String> DROPPED_PREFIXES =
            List.of("x-forwarded-", "x-envoy-", "x-internal-", "x-amz", "x-b3-", "access-control-");

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        var kept = new HttpHeaders();
        input.forEach((name, values) -> {
            if (!dropped(name)) {
                kept.put(name, values);
            }
        });
        return kept;
    }

    private static boolean dropped(String name) {
        var folded = name.toLowerCase(Locale.ROOT);
        return DROPPED.stream().anyMatch(name::equalsIgnoreCase)
                || DROPPED_PREFIXES.stream().anyMatch(folded::startsWith);
    }
}
