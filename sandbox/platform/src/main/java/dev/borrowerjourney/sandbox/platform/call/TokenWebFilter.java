package dev.borrowerjourney.sandbox.platform.call;

import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_API_KEY;
import static dev.borrowerjourney.sandbox.platform.Assumptions.INVALID_SESSION_TOKEN;
import static dev.borrowerjourney.sandbox.platform.Assumptions.SESSION_EXPIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.SESSION_REFRESH_PATH;
import static dev.borrowerjourney.sandbox.platform.Assumptions.TOKEN_REQUIRED;
import static dev.borrowerjourney.sandbox.platform.Assumptions.WRONG_TOKEN_KIND;
import static dev.borrowerjourney.sandbox.platform.call.PlatformException.unauthorized;

import dev.borrowerjourney.sandbox.platform.borrower.Borrowers;
import dev.borrowerjourney.sandbox.platform.borrower.Session;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Lets in whoever holds the kind of token that belongs to the endpoint: the API key or a session token. */
@Component
@Order(0)
public class TokenWebFilter implements WebFilter {

    private static final String ATTRIBUTE = TokenWebFilter.class.getName();
    private static final String API_KEY_PREFIX = "sk_";

    private final ApiKeys keys;
    private final Borrowers borrowers;
    private final PlatformClock clock;

    TokenWebFilter(ApiKeys keys, Borrowers borrowers, PlatformClock clock) {
        this.keys = keys;
        this.borrowers = borrowers;
        this.clock = clock;
    }

    /** Who calls; only behind this filter, and only on paths of the platform's API. */
    public static Caller caller(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        if (path.startsWith("/api/")) {
            try {
                String token = bearer(exchange);
                exchange.getAttributes().put(ATTRIBUTE, forBackends(path) ? backend(token) : borrower(token));
            } catch (PlatformException e) {
                return Mono.error(e);
            }
        }
        return chain.filter(exchange);
    }

    private static boolean forBackends(String path) {
        return path.equals("/api/v1/headless/sessions")
                || path.equals(SESSION_REFRESH_PATH)
                || path.startsWith("/api/tenants/");
    }

    private static String bearer(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION))
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip())
                .filter(token -> !token.isEmpty())
                .orElseThrow(() -> unauthorized(TOKEN_REQUIRED, "A bearer token is required."));
    }

    private Caller backend(String token) {
        return keys.find(token).orElseThrow(() -> {
            boolean session = borrowers.having(Tokens.hash(token)).isPresent();
            return session
                    ? unauthorized(WRONG_TOKEN_KIND, "This call takes the API key, not a session token.")
                    : unauthorized(INVALID_API_KEY, "The API key is not valid.");
        });
    }

    private Caller borrower(String token) {
        if (token.startsWith(API_KEY_PREFIX)) {
            throw unauthorized(WRONG_TOKEN_KIND, "This call takes a session token, not the API key.");
        }
        String hash = Tokens.hash(token);
        var borrower = borrowers
                .having(hash)
                .orElseThrow(() -> unauthorized(INVALID_SESSION_TOKEN, "The session token is not valid."));
        Session.Token known = borrower.sessions().stream()
                .flatMap(session -> session.tokens().stream())
                .filter(it -> it.hash().equals(hash))
                .findFirst()
                .orElseThrow(() -> unauthorized(INVALID_SESSION_TOKEN, "The session token is not valid."));
        if (!known.expiresAt().isAfter(clock.now())) {
            throw unauthorized(SESSION_EXPIRED, "The session has expired.");
        }
        return new Caller.Borrower(borrower.ref());
    }
}
