package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import java.util.List;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Sends on only what the platform documents: no cookies, no proxy's headers, nothing that names this network. */
class HttpRequestHeaders implements HttpHeadersFilter, Ordered {

    private static final List<String> SENT_ON = List.of(
            // By now the platform's session token.
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.ACCEPT,
            HttpHeaders.ACCEPT_LANGUAGE,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Idempotency-Key");

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        var sent = new HttpHeaders();
        SENT_ON.forEach(name -> {
            var values = input.get(name);
            if (values != null) {
                sent.put(name, values);
            }
        });
        sent.set(CorrelationId.HEADER, CorrelationId.of(exchange));
        return sent;
    }
}
