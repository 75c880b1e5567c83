package dev.borrowerjourney.session.identity;

import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.problem.HttpProblem;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

@EnableWebFluxSecurity
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentityProperties.class)
class IdentityConfiguration {

    @Bean
    PartnerTokens partnerTokens(IdentityProperties properties, Scheduler blocking) {
        return new PartnerTokens(properties, blocking);
    }

    @Bean
    BorrowerConverter borrowerConverter(
            IdentityProperties properties, PlatformProperties platform, PseudonymKey pseudonymKey) {
        return new BorrowerConverter(properties, platform, pseudonymKey);
    }

    /** Partner tokens open our own surface alone; the relay checks the session token itself. */
    @Bean
    SecurityWebFilterChain securityWebFilterChain(
            ServerHttpSecurity http, PartnerTokens tokens, BorrowerConverter borrowers) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/v1/**"))
                .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(IdentityConfiguration::refuse)
                        .authenticationFailureHandler((exchange, e) -> refuse(exchange.getExchange(), e))
                        .jwt(jwt -> jwt.jwtDecoder(tokens).jwtAuthenticationConverter(borrowers)))
                .build();
    }

    /** Three spans and timers a request would say what the request's own does. */
    @Bean
    SecurityObservationSettings securityObservationSettings() {
        return SecurityObservationSettings.noObservations();
    }

    /** Refuses, as a problem like any other, what the firewall takes for an attempt to get around the routes. */
    @Bean
    ServerExchangeRejectedHandler exchangeRejectedHandler() {
        return (_, _) -> Mono.error(new ProblemException(
                CommonProblem.MALFORMED_REQUEST,
                "The path, a header or the method has characters that are not allowed."));
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException e) {
        var headers = exchange.getResponse().getHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        var sent = exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
        return Mono.error(HttpProblem.UNAUTHENTICATED.because(
                sent
                        ? "The token is not a valid, unexpired token of the identity provider for this service."
                        : "A token of the identity provider is required: Authorization: Bearer …"));
    }
}
