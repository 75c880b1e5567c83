package dev.borrowerjourney.defaults.tracing;

import io.micrometer.tracing.otel.bridge.Slf4JEventListener;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.context.annotation.Bean;

@AutoConfiguration(before = OpenTelemetryTracingAutoConfiguration.class)
class ExportedSpansConfiguration {

    @Bean
    static BeanPostProcessor spareSpans() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof SpanExporter exporter ? new SpareSpans(exporter) : bean;
            }
        };
    }

    /** Under names of its own: it takes its keys away with each scope that ends, and {@code traceId} is the request's. */
    @Bean
    Slf4JEventListener otelSlf4JEventListener() {
        return new Slf4JEventListener("trace.id", "span.id");
    }
}
