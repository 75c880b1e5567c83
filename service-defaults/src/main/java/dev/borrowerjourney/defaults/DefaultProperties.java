package dev.borrowerjourney.defaults;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Boot properties on which all services agree, below every other source, so that each may still choose otherwise. */
class DefaultProperties implements EnvironmentPostProcessor, Ordered {

    private static final String MANAGEMENT_PORT = "management.server.port";
    private static final int MANAGEMENT_OFFSET = 1000;

    private static final Map<String, Object> AGREED = Map.ofEntries(
            Map.entry("spring.main.banner-mode", "off"),
            Map.entry("spring.threads.virtual.enabled", "true"),
            // Carries the correlation id across threads; without it log lines after the first switch lack it.
            Map.entry("spring.reactor.context-propagation", "auto"),
            Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "20s"),
            // Topics are made by those who own them, never by a service that misses one.
            Map.entry("spring.kafka.admin.auto-create", "false"),
            // A sender of logs would be one more way out for them, and baggage is whatever a client likes to say.
            Map.entry("management.logging.export.otlp.enabled", "false"),
            Map.entry("management.tracing.baggage.enabled", "false"),
            Map.entry("management.tracing.propagation.consume", "W3C"),
            // Whoever is to be told of a trace is told by name, never whoever happens to be called.
            Map.entry("management.tracing.propagation.produce", ""),
            Map.entry("logging.structured.format.console", "ecs"),
            Map.entry("logging.structured.json.customizer", "dev.borrowerjourney.defaults.logging.MaskingCustomizer"),
            // Warns of whatever a stranger sends that is no HTTP; whoever is on call can do nothing about it.
            Map.entry("logging.level.reactor.netty.http.server.HttpServerOperations", "ERROR"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.show-details", "never"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,requirements"),
            Map.entry("management.endpoint.health.group.readiness.show-components", "always"),
            Map.entry("management.endpoint.health.group.readiness.show-details", "always"));

    /** After the service's own files are read, because the management port follows the server's. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var properties = new LinkedHashMap<>(AGREED);
        int port = environment.getProperty("server.port", Integer.class, 8080);
        if (port >= 0) {
            properties.put(MANAGEMENT_PORT, port == 0 ? 0 : port + MANAGEMENT_OFFSET);
        }
        environment.getPropertySources().addLast(new MapPropertySource("service-defaults", properties));
    }
}
