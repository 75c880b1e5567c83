package dev.borrowerjourney.defaults.correlation;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;

/** What travels with a piece of work through threads, reactive operators and log lines. */
record RequestContext(String correlationId, String traceparent) {

    /** Key of the exchange's attribute, of Reactor's context and of the accessor of threads. */
    static final String KEY = "dev.borrowerjourney.request-context";

    private static final ThreadLocal<@Nullable RequestContext> CURRENT = new ThreadLocal<>();

    static RequestContext of(ServerWebExchange exchange) {
        return (RequestContext) exchange.getAttributes().computeIfAbsent(KEY, _ -> received(exchange));
    }

    /** Keeps what is well formed and replaces the rest. */
    static RequestContext of(@Nullable String correlationId, @Nullable String traceparent) {
        return new RequestContext(
                correlationId != null && CorrelationId.accepted(correlationId) ? correlationId : CorrelationId.create(),
                traceparent != null && Trace.accepted(traceparent) ? traceparent : Trace.create());
    }

    private static RequestContext received(ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        return of(
                headers.getFirst(CorrelationId.HEADER),
                recorded(exchange).map(Trace::traceparent).orElseGet(() -> headers.getFirst(Trace.HEADER)));
    }

    /** The server's span of a request; none where spans are not exported. */
    private static Optional<TraceContext> recorded(ServerWebExchange exchange) {
        return ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(observed -> observed.<@Nullable TracingContext>get(TracingContext.class))
                .map(TracingContext::getSpan)
                .map(Span::context);
    }

    static @Nullable RequestContext current() {
        return CURRENT.get();
    }

    /** Makes this the context of the thread, of its log lines, too. */
    static void enter(RequestContext context) {
        CURRENT.set(context);
        MDC.put(CorrelationId.MDC_KEY, context.correlationId());
        MDC.put(Trace.MDC_KEY, Trace.traceId(context.traceparent()));
    }

    static void leave() {
        CURRENT.remove();
        MDC.remove(CorrelationId.MDC_KEY);
        MDC.remove(Trace.MDC_KEY);
    }
}
