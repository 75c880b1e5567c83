package dev.borrowerjourney.defaults.correlation;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
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
        return of(headers.getFirst(CorrelationId.HEADER), headers.getFirst(Trace.HEADER));
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
