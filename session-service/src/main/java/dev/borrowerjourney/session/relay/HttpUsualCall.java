package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.SessionToken;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A read as an app makes it thousands of times: nothing in its path, its method or its headers asks for more than an answer
 * in JSON. Whatever differs in the least is no usual call.
 *
 * @param path as it came; every character of it is one of a plain path
 * @param token of one of our sessions, by its shape
 */
record HttpUsualCall(
        String path,
        SessionToken token,
        String accept,
        @Nullable String language,
        String correlationId,
        String traceparent) {

    private static final String PATHS = "/api/v1/headless/";
    private static final String NEEDS_API_KEY = PATHS + "sessions";
    private static final int MOST_SEGMENTS = 8;
    private static final int LONGEST_SEGMENT = 128;
    private static final int LONGEST_VALUE = 200;
    private static final String BEARER = "Bearer ";
    private static final String JSON = "application/json";

    /** Headers that are read below; each may be there once. */
    private static final List<String> READ = List.of(
            "accept", "accept-language", "authorization", "connection", "host", "traceparent", "x-correlation-id");

    /** Headers of which the whole route makes something. All others are neither read nor sent on by either. */
    private static final List<String> UNUSUAL = List.of(
            "access-control-request-headers",
            "access-control-request-method",
            "content-encoding",
            "content-length",
            "content-type",
            "expect",
            "http2-settings",
            "idempotency-key",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "origin",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Integer NEVER = -1;
    private static final Map<String, Integer> BITS = bits();

    static Optional<HttpUsualCall> of(HttpRequest request, Custody custody) {
        var path = request.uri();
        var headers = request.headers();
        if (!request.method().equals(HttpMethod.GET)
                || !request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                || !isPlainPath(path)
                || path.regionMatches(true, 0, NEEDS_API_KEY, 0, NEEDS_API_KEY.length())
                || !headers.contains(HttpHeaderNames.HOST)
                || !areUsual(headers)) {
            return Optional.empty();
        }
        var connection = headers.get("Connection");
        var accept = headers.get("Accept");
        var language = headers.get("Accept-Language");
        if ((connection != null && !connection.equalsIgnoreCase("keep-alive"))
                || accept == null
                || !accept.startsWith(JSON)
                || !isPlain(accept)
                || (language != null && !isPlain(language))) {
            return Optional.empty();
        }
        return token(headers.get("Authorization"), custody)
                .map(token -> new HttpUsualCall(
                        path,
                        token,
                        accept,
                        language,
                        correlationId(headers.get(CorrelationId.HEADER)),
                        traceparent(headers.get(Trace.HEADER))));
    }

    private static Optional<SessionToken> token(@Nullable String authorization, Custody custody) {
        return authorization != null
                        && (authorization.startsWith(BEARER) || authorization.startsWith("bearer "))
                        && !authorization.startsWith(HttpRelayRequest.API_KEY, BEARER.length())
                ? custody.read(authorization.substring(BEARER.length()))
                : Optional.empty();
    }

    private static String correlationId(@Nullable String sent) {
        return sent != null && CorrelationId.accepted(sent) ? sent : CorrelationId.create();
    }

    private static String traceparent(@Nullable String sent) {
        return sent != null && Trace.accepted(sent) ? sent : Trace.create();
    }

    /** By hand, for patterns took a twentieth of what a relayed call costs. */
    private static boolean isPlainPath(String path) {
        if (!path.startsWith(PATHS)) {
            return false;
        }
        int segments = 1;
        int length = 0;
        for (int i = PATHS.length(); i < path.length(); i++) {
            char character = path.charAt(i);
            if (character == '/') {
                if (length == 0 || ++segments > MOST_SEGMENTS) {
                    return false;
                }
                length = 0;
            } else if (++length > LONGEST_SEGMENT || !isPlain(character)) {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || character == '-'
                || character == '_';
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST_VALUE;
    }

    private static boolean areUsual(io.netty.handler.codec.http.HttpHeaders headers) {
        int seen = 0;
        for (var names = headers.iteratorCharSequence(); names.hasNext(); ) {
            var bit = BITS.get(names.next().getKey().toString());
            if (bit != null) {
                if (bit.equals(NEVER) || (seen & bit) != 0) {
                    return false;
                }
                seen |= bit;
            }
        }
        return true;
    }

    private static Map<String, Integer> bits() {
        var bits = new TreeMap<String, Integer>(String.CASE_INSENSITIVE_ORDER);
        READ.forEach(name -> bits.put(name, 1 << bits.size()));
        UNUSUAL.forEach(name -> bits.put(name, NEVER));
        return bits;
    }

    @Override
    public String toString() {
        return "HttpUsualCall[" + path + "]";
    }
}
