package dev.borrowerjourney.notifier.browser;

import dev.borrowerjourney.notifier.problem.HttpProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses to open a stream for the page of an origin that is not allowed: a ticket travels in the address, which such a
 * page may have got hold of. Other calls of such an origin are served without permission to read the answer, as
 * session-service does: behind a proxy that ends TLS a page of this very host looks like one of them when it posts, though
 * not when it opens a stream, since browsers name no origin then.
 */
class HttpCorsProcessor extends DefaultCorsProcessor {

    private static final String STREAM = "/v1/stream";

    @Override
    public boolean process(@Nullable CorsConfiguration config, ServerWebExchange exchange) {
        var request = exchange.getRequest();
        if (config != null && !CorsUtils.isPreFlightRequest(request) && CorsUtils.isCorsRequest(request)) {
            if (config.checkOrigin(request.getHeaders().getOrigin()) == null) {
                if (HttpMethod.GET.equals(request.getMethod())
                        && request.getPath().value().equals(STREAM)) {
                    throw HttpProblem.ORIGIN_UNKNOWN.because(
                            "Pages of this origin may not open a stream; its operator can allow the origin.");
                }
                exchange.getResponse().getHeaders().add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
                return true;
            }
        }
        return super.process(config, exchange);
    }
}
