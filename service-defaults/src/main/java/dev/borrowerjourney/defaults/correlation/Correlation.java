package dev.borrowerjourney.defaults.correlation;

import org.jspecify.annotations.Nullable;

/**
 * Gives the calling thread an id and a trace until it is closed: for consumers of records and for jobs, where no
 * request brings them.
 */
public final class Correlation implements AutoCloseable {

    private final @Nullable RequestContext before;

    private Correlation(@Nullable RequestContext before) {
        this.before = before;
    }

    /** Enters work that a record or another service began; what is missing or malformed is made anew. */
    public static Correlation enter(@Nullable String correlationId, @Nullable String traceparent) {
        var correlation = new Correlation(RequestContext.current());
        RequestContext.enter(RequestContext.of(correlationId, traceparent));
        return correlation;
    }

    /** Enters work that begins here. */
    public static Correlation begin() {
        return enter(null, null);
    }

    @Override
    public void close() {
        if (before == null) {
            RequestContext.leave();
        } else {
            RequestContext.enter(before);
        }
    }
}
