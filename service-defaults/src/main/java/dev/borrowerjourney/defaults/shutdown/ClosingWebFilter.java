package dev.borrowerjourney.defaults.shutdown;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextAware;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Makes each answer of a service that ends the last one of its connection. The server waits for the requests that are in
 * flight when it begins to stop, and for none that comes afterwards on a connection that stayed open: such a one would be
 * taken, and never answered.
 */
final class ClosingWebFilter
        implements WebFilter, Ordered, ApplicationListener<ContextClosedEvent>, ApplicationContextAware {

    private volatile boolean closing;
    private @Nullable ApplicationContext context;

    @Override
    public void setApplicationContext(ApplicationContext context) {
        this.context = context;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    /** Comes before the server begins to stop. The context of the management port has an event of its own. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        closing |= event.getApplicationContext().equals(context);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        response.beforeCommit(() -> {
            if (closing) {
                response.getHeaders().set(HttpHeaders.CONNECTION, "close");
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
