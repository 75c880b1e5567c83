package dev.borrowerjourney.defaults.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * An error answer. Thrown from a controller, a filter or a reactive chain, it becomes problem details; it has no stack
 * trace, because it tells a caller something and not us.
 */
public final class ProblemException extends RuntimeException {

    private final transient ProblemType type;
    private final String detail;
    private final transient HttpHeaders headers = new HttpHeaders();
    private final transient Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /** @param detail what this caller can do about it; goes out as it is, so no value of the request belongs in it */
    public ProblemException(ProblemType type, String detail) {
        super(type.name() + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
    }

    /** Tells the caller when to come back, rounded up to whole seconds. */
    public ProblemException retryAfter(Duration delay) {
        return header(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
    }

    public ProblemException header(String name, String value) {
        headers.set(name, value);
        return this;
    }

    /** Adds an extension member beside those of RFC 9457. */
    public ProblemException member(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    public ProblemType type() {
        return type;
    }

    public String detail() {
        return detail;
    }

    HttpHeaders headers() {
        return headers;
    }

    Map<String, @Nullable Object> members() {
        return members;
    }
}
