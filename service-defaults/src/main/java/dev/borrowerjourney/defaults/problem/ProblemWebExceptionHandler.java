package dev.borrowerjourney.defaults.problem;

import dev.borrowerjourney.defaults.correlation.Correlation;
import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Answers every error of filters, routing, controllers and their reactive chains. */
public final class ProblemWebExceptionHandler implements WebExceptionHandler, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ProblemWebExceptionHandler.class);

    // Before Boot's own page of errors at -1, after nothing.
    private static final int ORDER = -10;

    private final ProblemWriter writer;

    public ProblemWebExceptionHandler(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error);
        }
        if (GoneClients.meantBy(error)) {
            return gone(exchange, error);
        }
        var problem = FrameworkErrors.problem(error);
        if (problem != error && problem.type() == CommonProblem.INTERNAL_ERROR) {
            logUnexpected(exchange, error);
        }
        // Netty has answered already where it could not decode the rest of the request.
        return writer.write(exchange, problem).onErrorResume(failure -> gone(exchange, failure));
    }

    /** Nobody reads an answer, and a sender that hangs up or sends rubbish is no trouble of ours. */
    private static Mono<Void> gone(ServerWebExchange exchange, Throwable error) {
        var request = exchange.getRequest();
        log.debug(
                "{} {} ended without our answer: {}",
                request.getMethod(),
                request.getPath().value(),
                error.getClass().getSimpleName());
        return Mono.empty();
    }

    private static void logUnexpected(ServerWebExchange exchange, Throwable error) {
        try (var _ = Correlation.enter(CorrelationId.of(exchange), Trace.traceparent(exchange))) {
            var request = exchange.getRequest();
            log.error("{} {} failed", request.getMethod(), request.getPath().value(), error);
        }
    }
}
