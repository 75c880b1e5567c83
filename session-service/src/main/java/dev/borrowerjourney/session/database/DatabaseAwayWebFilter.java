package dev.borrowerjourney.session.database;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * While the database is known to be away, answers at once what cannot be done without it. Comes after the partner's token
 * was checked: who has none is told that.
 */
final class DatabaseAwayWebFilter implements WebFilter, Ordered {

    private static final String OWN = "/v1/";

    private final PostgresHeartbeat heartbeat;

    DatabaseAwayWebFilter(PostgresHeartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return heartbeat.away() && exchange.getRequest().getPath().value().startsWith(OWN)
                ? Mono.error(DatabaseTrouble.problem())
                : chain.filter(exchange);
    }
}
