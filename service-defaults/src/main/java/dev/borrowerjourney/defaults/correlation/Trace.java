package dev.borrowerjourney.defaults.correlation;

import io.micrometer.tracing.TraceContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * The W3C trace a request belongs to. Where spans are exported, what a request causes is a child of the server's span. Where
 * not, a valid {@code traceparent} travels on unchanged, since no span of ours could be its parent, and where there is none,
 * a new unsampled trace begins here.
 */
public final class Trace {

    /** Name of the header, of requests and records alike. */
    public static final String HEADER = "traceparent";

    /** Name of the MDC key, and so of the member of a log line. */
    public static final String MDC_KEY = "traceId";

    // A later version may be longer; its first four fields mean the same.
    private static final Pattern SHAPE = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:(?<!^00.{53})-.{1,200})?");
    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;
    private static final int SPAN_ID_END = 52;
    private static final int FLAGS_END = 55;
    private static final int SAMPLED = 1;

    private Trace() {}

    /** The request's {@code traceparent}, for calls and records it causes. */
    public static String traceparent(ServerWebExchange exchange) {
        return RequestContext.of(exchange).traceparent();
    }

    /** The {@code traceparent} of what this thread is at work on, if it is known. */
    public static Optional<String> traceparent() {
        return Optional.ofNullable(RequestContext.current()).map(RequestContext::traceparent);
    }

    /** Begins a trace, for work that no request began. */
    public static String create() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        // Odd numbers are never zero, which the standard forbids.
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1) + "-"
                + hex.toHexDigits(random.nextLong() | 1) + "-00";
    }

    /** Whether a received {@code traceparent} is well formed; another is not passed on. */
    public static boolean accepted(@Nullable String traceparent) {
        return traceparent != null && SHAPE.matcher(traceparent).matches();
    }

    /** The {@code traceparent} of what is caused by a span. */
    public static String traceparent(TraceContext span) {
        return "00-" + span.traceId() + "-" + span.spanId() + (Boolean.TRUE.equals(span.sampled()) ? "-01" : "-00");
    }

    /** The trace of an accepted {@code traceparent}. */
    public static String traceId(String traceparent) {
        return traceparent.substring(TRACE_ID_BEGIN, TRACE_ID_END);
    }

    /** The span that an accepted {@code traceparent} makes the parent. */
    public static String spanId(String traceparent) {
        return traceparent.substring(TRACE_ID_END + 1, SPAN_ID_END);
    }

    /** Whether the sender of an accepted {@code traceparent} may have recorded its span. */
    public static boolean sampled(String traceparent) {
        return (Integer.parseInt(traceparent, SPAN_ID_END + 1, FLAGS_END, 16) & SAMPLED) != 0;
    }
}
