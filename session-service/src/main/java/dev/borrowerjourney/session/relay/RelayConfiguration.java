package dev.borrowerjourney.session.relay;

import dev.borrowerjourney.defaults.problem.ProblemMembers;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.session.Custody;
import dev.borrowerjourney.session.session.LiveSessions;
import dev.borrowerjourney.session.session.Renewals;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Tracer;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.cloud.gateway.support.RouteMetadataUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelayProperties.class)
class RelayConfiguration {

    private static final String PATH = "/api/v1/headless";

    /** All that is relayed. */
    static final String PATTERN = PATH + "/**";

    /** Before the gateway's own filter that writes the answer, at -1. */
    private static final int BEFORE_WRITING = -2;

    /** After it, so that an answer can still be thrown away. */
    private static final int AFTER_WRITING = 0;

    @Bean
    RouteLocator relay(
            RouteLocatorBuilder routes, PlatformProperties platform, HttpRelayFilter relay, HttpAnswerFilter answers) {
        return routes.routes()
                .route("platform", route -> route.path(PATH, PATTERN)
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
            Admission admission,
            Patience patience,
            Scheduler blocking,
            MeterRegistry meters) {
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
            RelayProperties properties, Patience patience, Observations observations, HttpCleaning cleaning) {
        return new HttpAnswerFilter(properties, patience, observations, cleaning);
    }

    @Bean
    HttpCleaning httpCleaning(RelayProperties properties, MeterRegistry meters) {
        return new HttpCleaning(properties, meters);
    }

    @Bean
    Admission admission(RelayProperties properties, MeterRegistry meters) {
        return new Admission(properties, new Circuit(properties.circuit()), TimeMeter.SYSTEM_NANOTIME, meters);
    }

    /** Operator commands serve nobody, and would start it even though nothing asks for it. */
    @Bean
    @ConditionalOnWebApplication
    HttpStraightRoute httpStraightRoute(
            Custody custody,
            LiveSessions sessions,
            Admission admission,
            HttpStraightAnswer answers,
            HttpPlatformConnections connections,
            Observations observations,
            MeterRegistry meters,
            ApplicationContext context) {
        return new HttpStraightRoute(custody, sessions, admission, answers, connections, observations, meters, context);
    }

    @Bean
    HttpPlatformConnections httpPlatformConnections(
            HttpClient client, PlatformProperties platform, RelayProperties properties) {
        return new HttpPlatformConnections(client, platform, properties);
    }

    @Bean
    HttpStraightAnswer httpStraightAnswer(
            RelayProperties properties, HttpCleaning cleaning, Observations observations) {
        return new HttpStraightAnswer(properties, cleaning, observations);
    }

    @Bean
    @ConditionalOnWebApplication
    WebServerFactoryCustomizer<NettyReactiveWebServerFactory> straightRoute(
            HttpStraightRoute straight, ObjectProvider<Tracer> tracer) {
        return factory -> {
            // It makes no spans; whoever collects them wants those of every call.
            if (tracer.getIfAvailable() == null) {
                factory.addServerCustomizers(straight::before);
            }
        };
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
