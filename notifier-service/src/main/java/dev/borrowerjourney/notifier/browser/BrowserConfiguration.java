package dev.borrowerjourney.notifier.browser;

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

    /** After the correlation id, and before security, which would ask a preflight for a token and use up a ticket. */
    private static final int BEFORE_SECURITY = Ordered.HIGHEST_PRECEDENCE + 10;

    @Bean
    @Order(BEFORE_SECURITY)
    WebFilter corsWebFilter(BrowserProperties properties) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(properties.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "DELETE"));
        cors.setAllowedHeaders(
                List.of("Authorization", "Cache-Control", "Content-Type", "Last-Event-ID", "X-Correlation-ID"));
        cors.setExposedHeaders(List.of("Retry-After", "X-Correlation-ID"));
        // No cookie is read here, so a browser need not send any.
        cors.setAllowCredentials(false);
        cors.setMaxAge(properties.preflightAge());
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/v1/**", cors);
        return new CorsWebFilter(source, new HttpCorsProcessor());
    }
}
