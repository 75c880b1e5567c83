package dev.borrowerjourney.defaults.tracing;

import dev.borrowerjourney.defaults.correlation.Correlation;
import dev.borrowerjourney.defaults.correlation.CorrelationId;
import dev.borrowerjourney.defaults.correlation.Trace;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records work that no HTTP server of ours began, where spans are exported; elsewhere it only keeps the trace. */
public final class Spans {

    private final @Nullable Tracer tracer;

    Spans(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    /** For what is made without the application's beans. */
    public static Spans none() {
        return new Spans(null);
    }

    /** Whether what is recorded goes anywhere. */
    public boolean exported() {
        return tracer != null;
    }

    /** A call to another service, within what this thread is at work on. */
    public Work call(String name) {
        return open(
                name,
                Span.Kind.CLIENT,
                CorrelationId.current().orElse(null),
                Trace.traceparent().orElse(null));
    }

    /**
     * Work on a record, within the trace in its headers. Until it is closed it is what this thread is at work on.
     *
     * @param traceparent of the record; without one a trace begins here
     */
    public Work receipt(String name, @Nullable String correlationId, @Nullable String traceparent) {
        return open(name, Span.Kind.CONSUMER, correlationId, traceparent);
    }

    /** Work that begins here, such as a job's. Until it is closed it is what this thread is at work on. */
    public Work begin(String name, String correlationId) {
        return open(name, null, correlationId, null);
    }

    private Work open(
            String name, Span.@Nullable Kind kind, @Nullable String correlationId, @Nullable String traceparent) {
        if (tracer == null) {
            return new Work(null, Correlation.enter(correlationId, traceparent));
        }
        var builder = tracer.spanBuilder().name(name);
        if (kind != null) {
            builder.kind(kind);
        }
        if (Trace.accepted(traceparent)) {
            builder.setParent(parent(tracer, Objects.requireNonNull(traceparent)));
        } else {
            builder.setNoParent();
        }
        var span = builder.start();
        return new Work(span, Correlation.enter(correlationId, Trace.traceparent(span.context())));
    }

    private static TraceContext parent(Tracer tracer, String traceparent) {
        return tracer.traceContextBuilder()
                .traceId(Trace.traceId(traceparent))
                .spanId(Trace.spanId(traceparent))
                .sampled(Trace.sampled(traceparent))
                .build();
    }

    /** Something under way, to be closed on the thread that began it. */
    public static final class Work implements AutoCloseable {

        private final @Nullable Span span;
        private final Correlation correlation;

        private Work(@Nullable Span span, Correlation correlation) {
            this.span = span;
            this.correlation = correlation;
        }

        /** How it ended, in a word of few; never a value. */
        public void outcome(String outcome) {
            if (span != null) {
                span.tag("outcome", outcome);
            }
        }

        @Override
        public void close() {
            correlation.close();
            if (span != null) {
                span.end();
            }
        }
    }
}
