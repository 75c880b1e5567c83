package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.session.platform.PlatformProperties;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.headers.HttpHeadersFilter;
import org.springframework.cloud.gateway.filter.headers.TrailerHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * Lets through what tells an app about its answer, and nothing of the hop to the platform or of the servers behind it. Other
 * names are dropped because nobody knows what a network will call its internals next.
 */
class HttpAnswerHeaders implements HttpHeadersFilter, TrailerHeadersFilter, Ordered {

    private static final Set<String> KEPT = Set.of(
            "allow",
            "content-disposition",
            // Seen by whoever looks through the body, which refuses it.
            "content-encoding",
            "content-language",
            "content-length",
            "content-type",
            "date",
            "deprecation",
            "etag",
            "idempotency-replayed",
            "last-modified",
            "retry-after",
            "sunset");
    private static final String KEEP_ALIVE = "keep-alive";
    private static final String RATE_LIMIT = "ratelimit";
    private static final String X_RATE_LIMIT = "x-ratelimit-";

    private final String platform;

    HttpAnswerHeaders(PlatformProperties properties) {
        this.platform = properties.at("/").toString();
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public boolean supports(Type type) {
        return type == Type.RESPONSE;
    }

    @Override
    public HttpHeaders filter(HttpHeaders input, ServerWebExchange exchange) {
        return kept(input);
    }

    HttpHeaders kept(HttpHeaders input) {
        var ofTheHop = ofTheHop(input.getOrEmpty(HttpHeaders.CONNECTION));
        var kept = new HttpHeaders();
        input.forEach((name, values) -> {
            if (isKept(name, ofTheHop)) {
                kept.put(name, values);
            }
        });
        here(input.getFirst(HttpHeaders.LOCATION)).ifPresent(location -> kept.set(HttpHeaders.LOCATION, location));
        return kept;
    }

    @Override
    public HttpHeaders trailers(@Nullable HttpHeaders input, ServerWebExchange exchange) {
        return new HttpHeaders();
    }

    /** Whether a header of an answer is for the app; all but {@code Location}, which may need a change. */
    static boolean isKept(String name, Set<String> ofTheHop) {
        var folded = name.toLowerCase(Locale.ROOT);
        return (KEPT.contains(folded) || folded.startsWith(RATE_LIMIT) || folded.startsWith(X_RATE_LIMIT))
                && !ofTheHop.contains(folded);
    }

    /** What the values of an answer's {@code Connection} name. */
    static Set<String> ofTheHop(Iterable<String> connection) {
        var names = String.join(",", connection);
        return names.isEmpty() || names.equalsIgnoreCase(KEEP_ALIVE)
                ? Set.of()
                : Arrays.stream(names.split(",", -1))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    /** The same path here; what lies on another host is not for the app. */
    private Optional<String> here(@Nullable String location) {
        return Optional.ofNullable(location)
                .map(value -> value.startsWith(platform) ? value.substring(platform.length() - 1) : value)
                .filter(value -> value.startsWith("/") && !value.startsWith("//"));
    }
}
