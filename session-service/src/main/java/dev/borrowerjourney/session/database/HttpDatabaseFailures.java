package dev.borrowerjourney.session.database;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Has what went wrong with the database answered as such, by the handler of problems that comes next. */
final class HttpDatabaseFailures implements WebExceptionHandler, Ordered {

    private static final int BEFORE_PROBLEMS = -20;

    @Override
    public int getOrder() {
        return BEFORE_PROBLEMS;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        return Mono.error(DatabaseTrouble.is(failure) ? DatabaseTrouble.problem() : failure);
    }
}
