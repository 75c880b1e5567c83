package dev.borrowerjourney.session.limit;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.identity.Borrower;
import java.security.Principal;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.security.core.Authentication;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Comes after the partner's token was checked, so that a call counts for the borrower whose it is. */
final class CallLimitsWebFilter implements WebFilter, Ordered {

    private final CallLimits limits;

    CallLimitsWebFilter(CallLimits limits) {
        this.limits = limits;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return exchange.getPrincipal()
                .map(this::refusal)
                .defaultIfEmpty(Optional.empty())
                .flatMap(refusal -> refusal.isPresent() ? Mono.error(refusal.get()) : chain.filter(exchange));
    }

    private Optional<ProblemException> refusal(Principal principal) {
        return principal instanceof Authentication authentication
                        && authentication.getPrincipal() instanceof Borrower borrower
                ? limits.refusal(borrower.key())
                : Optional.empty();
    }
}
