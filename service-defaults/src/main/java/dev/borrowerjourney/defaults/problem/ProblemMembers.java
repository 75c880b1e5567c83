package dev.borrowerjourney.defaults.problem;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** A bean that adds members to every problem of some paths, whoever raised it, the framework included. */
@FunctionalInterface
public interface ProblemMembers {

    /** The members to add; none where this bean has nothing to say. */
    Map<String, @Nullable Object> of(ServerWebExchange exchange, ProblemType type, String detail);
}
