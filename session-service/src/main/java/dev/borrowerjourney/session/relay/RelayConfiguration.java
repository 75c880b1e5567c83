package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.problem.ProblemMembers;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.LiveSessions;
import dev.borrowerjourney.session.session.Renewals;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelayProperties.class)
class RelayConfiguration {

    private static final String PATH = "/api/v1/headless";

    /** Before the gateway's own filter that writes the answer, at -1. */
    private static final int BEFORE_WRITING = -2;

    /** After it, so that an answer can still be thrown away. */
    private static final int AFTER_WRITING = 0;

    @Bean
    RouteLocator relay(
            RouteLocatorBuilder routes, PlatformProperties platform, HttpRelayFilter relay, HttpAnswerFilter answers) {
        return routes.routes()
                .route("platform", route -> route.path(PATH, PATH + "/**")
                        .filters(filters ->
                                filters.filter(answers, BEFORE_WRITING).filter(relay, AFTER_WRITING))
                        .metadata(
                                RouteMetadataUtils.CONNECT_TIMEOUT_ATTR,
                                Math.toIntExact(platform.connectTimeout().toMillis()))
                        .uri(platform.baseUrl()))
                .build();
    }

    @Bean
    HttpRelayFilter httpRelayFilter(
            Custody custody,
            LiveSessions sessions,
            Renewals renewals,
            RelayProperties properties,
            Observations observations,
            Patience patience,
            Scheduler blocking,
            MeterRegistry meters) {
        var admission = new Admission(properties, new Circuit(properties.circuit()), TimeMeter.SYSTEM_NANOTIME, meters);
        return new HttpRelayFilter(
                custody,
                sessions,
                renewals,
                new HttpBodies(properties),
                observations,
                admission,
                patience,
                blocking,
                meters);
    }

    @Bean
    HttpAnswerFilter httpAnswerFilter(
            RelayProperties properties, Patience patience, Observations observations, MeterRegistry meters) {
        return new HttpAnswerFilter(properties, patience, observations, meters);
    }

    @Bean(destroyMethod = "stop")
    HashedWheelTimer relayTimer() {
        return new HashedWheelTimer(new DefaultThreadFactory("relay-timer", true));
    }

    @Bean
    Patience patience(HashedWheelTimer relayTimer, RelayProperties properties) {
        return new Patience(relayTimer, properties.timeouts());
    }

    @Bean
    HttpRequestHeaders httpRequestHeaders() {
        return new HttpRequestHeaders();
    }

    @Bean
    HttpAnswerHeaders httpAnswerHeaders(PlatformProperties platform) {
        return new HttpAnswerHeaders(platform);
    }

    /** The platform's clients read {@code error} and {@code data}, so our own refusals carry them, too. */
    @Bean
    ProblemMembers platformErrorMembers() {
        return (exchange, type, detail) -> {
            var path = exchange.getRequest().getPath().value();
            if (!path.equals(PATH) && !path.startsWith(PATH + "/")) {
                return Map.of();
            }
            var members = new LinkedHashMap<String, @Nullable Object>();
            members.put("error", Map.of("code", type.name(), "message", detail));
            members.put("data", null);
            return members;
        };
    }
}
