package dev.borrowerjourney.defaults.browser;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;

/**
 * Serves a call of an origin that is not allowed without permission to read the answer, as a server that knows nothing of
 * origins does. Behind a proxy that ends TLS a page of this very host looks like one of them, and tokens travel in a header
 * that no browser adds by itself.
 */
public class LenientCorsProcessor extends DefaultCorsProcessor {

    @Override
    public final boolean process(@Nullable CorsConfiguration config, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        if (config != null
                && !CorsUtils.isPreFlightRequest(request)
                && CorsUtils.isCorsRequest(request)
                && config.checkOrigin(request.getHeaders().getOrigin()) == null) {
            checkUnknownOrigin(exchange);
            exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
            return true;
        }
        return super.process(config, exchange);
    }

    /** May refuse a call of an origin that is not allowed, by throwing; by itself it refuses none. */
    protected void checkUnknownOrigin(ServerWebExchange exchange) {}
}
