package dev.borrowerjourney.sandbox.demo.edge;

import java.net.ConnectException;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A service that is not there is a 502, as behind any web server; the gateway alone would call it its own failure. */
@Component
class HttpUnreachableFilter implements GlobalFilter, Ordered {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return chain.filter(exchange).onErrorMap(ConnectException.class, HttpUnreachableFilter::unreachable);
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    private static ResponseStatusException unreachable(Throwable cause) {
        return new ResponseStatusException(
                HttpStatus.BAD_GATEWAY, "The service behind this path is not reachable.", cause);
    }
}
