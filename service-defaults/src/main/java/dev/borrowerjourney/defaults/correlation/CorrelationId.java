package dev.borrowerjourney.defaults.correlation;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** The id by which one request is found again everywhere: the client's own if it is a UUID or a ULID, else ours. */
public final class CorrelationId {

    /** Name of the header, of requests and answers alike. */
    public static final String HEADER = "X-Correlation-ID";

    /** Name of the MDC key, and so of the member of a log line. */
    public static final String MDC_KEY = "correlationId";

    private static final Pattern UUID_SHAPE =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern ULID_SHAPE = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}");

    private CorrelationId() {}

    /** The id of a request; the same however often it is asked for, even where the filter has not run. */
    public static String of(ServerWebExchange exchange) {
        return RequestContext.of(exchange).correlationId();
    }

    /** The id of what this thread is at work on, if it is known. */
    public static Optional<String> current() {
        return Optional.ofNullable(RequestContext.current()).map(RequestContext::correlationId);
    }

    /** A new id, for work that no request began. */
    public static String create() {
        return UUID.randomUUID().toString();
    }

    /** Whether others may choose this id: UUIDs and ULIDs hold nothing personal and break no log line. */
    public static boolean accepted(@Nullable String id) {
        return id != null
                && (UUID_SHAPE.matcher(id).matches() || ULID_SHAPE.matcher(id).matches());
    }
}
