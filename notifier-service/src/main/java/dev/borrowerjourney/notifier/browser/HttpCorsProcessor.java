package dev.borrowerjourney.notifier.browser;

import dev.borrowerjourney.defaults.browser.LenientCorsProcessor;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;

/**
 * Refuses to open a stream for the page of an origin that is not allowed: a ticket travels in the address, which such a
 * page may have got hold of. Browsers name no origin when a page of this very host opens a stream, so none is refused.
 */
class HttpCorsProcessor extends LenientCorsProcessor {

    private static final String STREAM = "/v1/stream";

    @Override
    protected void checkUnknownOrigin(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        if (HttpMethod.GET.equals(request.getMethod())
                && request.getPath().value().equals(STREAM)) {
            throw HttpProblem.ORIGIN_UNKNOWN.because(
                    "Pages of this origin may not open a stream; its operator can allow the origin.");
        }
    }
}
