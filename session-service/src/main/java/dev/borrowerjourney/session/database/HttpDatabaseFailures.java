package dev.borrowerjourney.session.database;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.problem.HttpProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Has what went wrong with the database answered as such, by the handler of problems that comes next, and counts it. */
final class HttpDatabaseFailures implements WebExceptionHandler, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDatabaseFailures.class);
    private static final int BEFORE_PROBLEMS = -20;

    private final Counter refused;

    HttpDatabaseFailures(MeterRegistry meters) {
        this.refused = meters.counter("session.database.refused");
    }

    @Override
    public int getOrder() {
        return BEFORE_PROBLEMS;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (DatabaseTrouble.is(failure)) {
            LOG.debug("The database failed a call", failure);
            refused.increment();
            return Mono.error(DatabaseTrouble.problem());
        }
        if (failure instanceof ProblemException problem && problem.type() == HttpProblem.DATABASE_UNAVAILABLE) {
            refused.increment();
        }
        return Mono.error(failure);
    }
}
