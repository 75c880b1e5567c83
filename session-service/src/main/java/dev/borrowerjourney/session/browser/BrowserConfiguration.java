package dev.borrowerjourney.session.browser;

import dev.borrowerjourney.defaults.browser.LenientCorsProcessor;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;
import org.springframework.web.server.WebFilter;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BrowserProperties.class)
class BrowserConfiguration {

    /** After the correlation id, and before security, which would ask a preflight for a token. */
    private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    SecurityHeadersWebFilter securityHeadersWebFilter() {
        return new SecurityHeadersWebFilter();
    }

    @Bean
    @Order(BEFORE_SECURITY)
    WebFilter corsWebFilter(BrowserProperties properties) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(properties.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(
                "Accept-Language",
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-Match",
                "If-None-Match",
                "traceparent",
                "tracestate",
                "X-Correlation-ID"));
        cors.setExposedHeaders(List.of("ETag", "Idempotency-Replayed", "Retry-After", "X-Correlation-ID"));
        // No cookie is read here, so a browser need not send any.
        cors.setAllowCredentials(false);
        cors.setMaxAge(properties.preflightAge());
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        return new CorsWebFilter(source, new LenientCorsProcessor());
    }
}
