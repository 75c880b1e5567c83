package dev.borrowerjourney.defaults.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through of a span what can name nobody: ids, times and the attributes of a list. The frameworks also note whole
 * addresses, with their queries, the messages of exceptions, and what a client sent as method or {@code tracestate}. Spans of
 * the management port are not exported.
 */
final class SpareSpans implements SpanExporter {

    private static final Set<String> LET_THROUGH = Set.of(
            "error.type",
            "exception",
            "http.method",
            "http.status_code",
            "method",
            "outcome",
            "spring.cloud.gateway.route.id",
            "status",
            "uri");
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("method");
    private static final AttributeKey<String> URI = AttributeKey.stringKey("uri");

    private final SpanExporter exporter;

    SpareSpans(SpanExporter exporter) {
        this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        var kept = spans.stream()
                .filter(span -> !isManagement(span))
                .<SpanData>map(Spare::new)
                .toList();
        return kept.isEmpty() ? CompletableResultCode.ofSuccess() : exporter.export(kept);
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }

    private static boolean isManagement(SpanData span) {
        var uri = span.getAttributes().get(URI);
        return uri != null && uri.startsWith("/actuator");
    }

    private static final class Spare extends DelegatingSpanData {

        private final Attributes attributes;

        Spare(SpanData span) {
            super(span);
            this.attributes = span.getAttributes().toBuilder()
                    .removeIf(key -> !LET_THROUGH.contains(key.getKey()))
                    .build();
        }

        /** A server's span is named after the method as it came. */
        @Override
        public String getName() {
            var method = attributes.get(METHOD);
            var uri = attributes.get(URI);
            return getKind() != SpanKind.SERVER || method == null || uri == null
                    ? super.getName()
                    : "http " + method.toLowerCase(Locale.ROOT) + " " + uri;
        }

        @Override
        public SpanContext getSpanContext() {
            return withoutState(super.getSpanContext());
        }

        @Override
        public SpanContext getParentSpanContext() {
            return withoutState(super.getParentSpanContext());
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return attributes.size();
        }

        @Override
        public List<EventData> getEvents() {
            return List.of();
        }

        @Override
        public int getTotalRecordedEvents() {
            return 0;
        }

        @Override
        public StatusData getStatus() {
            return StatusData.create(super.getStatus().getStatusCode(), "");
        }

        private static SpanContext withoutState(SpanContext context) {
            return SpanContext.create(
                    context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
        }
    }
}
