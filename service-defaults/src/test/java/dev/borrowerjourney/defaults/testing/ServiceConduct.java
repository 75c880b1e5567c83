package dev.borrowerjourney.defaults.testing;

import dev.borrowerjourney.defaults.correlation.CorrelationWebFilter;
import dev.borrowerjourney.defaults.problem.ProblemMembers;
import dev.borrowerjourney.defaults.problem.ProblemWebExceptionHandler;
import dev.borrowerjourney.defaults.problem.ProblemWriter;
import java.util.List;
import org.springframework.web.server.WebFilter;

/** What a whole service does around a controller, for tests that bind the controller alone. */
public final class ServiceConduct {

    private ServiceConduct() {}

    /** For {@code WebTestClient.bindToController(…).webFilter(…)}: correlation, and problems in place of errors. */
    public static WebFilter filter(ProblemMembers... extensions) {
        var correlation = new CorrelationWebFilter();
        var problems = new ProblemWebExceptionHandler(new ProblemWriter(List.of(extensions)));
        return (exchange, chain) -> correlation.filter(
                exchange, inner -> chain.filter(inner).onErrorResume(error -> problems.handle(inner, error)));
    }
}
