package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.session.problem.HttpProblem;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.IdempotencyKey;
import dev.borrowerjourney.session.session.SessionToken;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Decides by its head alone whether a request may be relayed. */
final class HttpRelayRequest {

    private static final String BEARER = "bearer ";
    static final String API_KEY = "sk_";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<HttpMethod> MUTATING =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final List<String> NEEDS_API_KEY = List.of("api", "v1", "headless", "sessions");

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Of two values the platform might believe the one that was not looked at here. */
    private static final List<String> ONCE =
            List.of(HttpHeaders.AUTHORIZATION, IDEMPOTENCY_KEY, HttpHeaders.CONTENT_TYPE);

    private HttpRelayRequest() {}

    static boolean reads(ServerHttpRequest request) {
        return READING.contains(request.getMethod());
    }

    /** Why the request is refused whoever sends it; empty if it is not. */
    static Optional<ProblemException> refusal(ServerHttpRequest request) {
        if (!reads(request) && !MUTATING.contains(request.getMethod())) {
            return Optional.of(new ProblemException(
                    CommonProblem.METHOD_NOT_ALLOWED,
                    "The platform's paths know GET, HEAD, POST, PUT, PATCH, DELETE."));
        }
        if (needsApiKey(request)) {
            return Optional.of(HttpProblem.NOT_RELAYED.because(
                    "Sessions of the platform are opened by this service: use POST /v1/sessions."));
        }
        var twice = ONCE.stream()
                .filter(name -> request.getHeaders().getOrEmpty(name).size() > 1)
                .findFirst();
        if (twice.isPresent()) {
            return Optional.of(
                    new ProblemException(CommonProblem.MALFORMED_REQUEST, "Send the header " + twice.get() + " once."));
        }
        if (MUTATING.contains(request.getMethod())) {
            return IdempotencyKey.refusal(request.getHeaders().getFirst(IDEMPOTENCY_KEY));
        }
        return Optional.empty();
    }

    /** What the request is authorised with. */
    static Authorization authorization(ServerHttpRequest request, Custody custody) {
        var values = request.getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        if (values.isEmpty() || !values.getFirst().toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return new Authorization.Refused(values.isEmpty() ? Reason.MISSING : Reason.FOREIGN);
        }
        var token = values.getFirst().substring(BEARER.length()).strip();
        if (token.startsWith(API_KEY)) {
            return new Authorization.Refused(Reason.API_KEY);
        }
        return custody.read(token)
                .<Authorization>map(Authorization.Ours::new)
                .orElseGet(() -> new Authorization.Refused(Reason.FOREIGN));
    }

    /** Compared as the platform might read it: decoded, and whatever the case. */
    private static boolean needsApiKey(ServerHttpRequest request) {
        var segments = request.getPath().pathWithinApplication().elements().stream()
                .filter(PathContainer.PathSegment.class::isInstance)
                .map(element ->
                        ((PathContainer.PathSegment) element).valueToMatch().toLowerCase(Locale.ROOT))
                .limit(NEEDS_API_KEY.size())
                .toList();
        return segments.equals(NEEDS_API_KEY);
    }

    sealed interface Authorization {

        record Ours(SessionToken token) implements Authorization {}

        record Refused(Reason reason) implements Authorization {}
    }

    /** Why a token opens nothing here. */
    enum Reason {
        /** No token at all. */
        MISSING,
        /** An API key, which no app may hold. */
        API_KEY,
        /** Not one that an app is given: a partner's, in vaulted custody a platform's, or anything. */
        FOREIGN,
        /** Shaped like one that an app is given, and no live session's. */
        UNKNOWN
    }
}
