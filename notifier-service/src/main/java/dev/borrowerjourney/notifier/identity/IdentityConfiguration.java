package dev.borrowerjourney.notifier.identity;

import dev.borrowerjourney.defaults.problem.CommonProblem;
import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.notifier.NotifierProperties;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.AuthenticationWebFilter;
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

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Bean
    HttpPartnerTokens partnerTokens(
            IdentityProperties properties,
            NotifierProperties notifier,
            PseudonymKey pseudonyms,
            Scheduler blocking,
            Clock clock) {
        var claims = new BorrowerClaims(properties, notifier.applicationIds(), pseudonyms, clock);
        return new HttpPartnerTokens(properties, claims, blocking);
    }

    @Bean
    PostgresTickets tickets(JdbcClient jdbc, Clock clock) {
        return new PostgresTickets(jdbc, clock);
    }

    @Bean
    SecurityWebFilterChain securityWebFilterChain(
            ServerHttpSecurity http, HttpPartnerTokens tokens, PostgresTickets tickets, Scheduler blocking) {
        return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .securityMatcher(ServerWebExchangeMatchers.pathMatchers("/v1/**"))
                .authorizeExchange(exchanges -> exchanges.anyExchange().authenticated())
                .exceptionHandling(errors -> errors.authenticationEntryPoint(IdentityConfiguration::refuse))
                .oauth2ResourceServer(server -> server.authenticationEntryPoint(IdentityConfiguration::refuse)
                        .authenticationFailureHandler((exchange, e) -> refuse(exchange.getExchange(), e))
                        .jwt(jwt -> jwt.authenticationManager(authentication -> authenticate(authentication, tokens))))
                .addFilterAt(ticketFilter(tickets, blocking), SecurityWebFiltersOrder.AUTHENTICATION)
                .build();
    }

    /** A span and a meter for each filter of the chain: ten times the memory of the connection, and nobody looks at them. */
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

    private static AuthenticationWebFilter ticketFilter(PostgresTickets tickets, Scheduler blocking) {
        ReactiveAuthenticationManager redeeming =
                shown -> Mono.fromCallable(() -> redeem(tickets, String.valueOf(shown.getCredentials())))
                        .subscribeOn(blocking);
        var filter = new AuthenticationWebFilter(redeeming);
        filter.setRequiresAuthenticationMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/v1/stream"));
        filter.setServerAuthenticationConverter(exchange -> Mono.justOrEmpty(ticket(exchange)));
        filter.setAuthenticationFailureHandler((exchange, e) -> refuse(exchange.getExchange(), e));
        return filter;
    }

    private static @Nullable Authentication ticket(ServerWebExchange exchange) {
        var ticket = exchange.getRequest().getQueryParams().getFirst("ticket");
        // A token outweighs a ticket, which then stays unused.
        return ticket == null || exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                ? null
                : UsernamePasswordAuthenticationToken.unauthenticated("ticket", ticket);
    }

    private static Authentication redeem(PostgresTickets tickets, String ticket) {
        try {
            return tickets.redeem(ticket)
                    .map(BorrowerAuthentication::new)
                    .orElseThrow(() -> new BadCredentialsException("ticket"));
        } catch (DataAccessException _) {
            throw HttpProblem.DATABASE_UNAVAILABLE
                    .because("The ticket cannot be checked now.")
                    .retryAfter(RETRY_AFTER);
        }
    }

    private static Mono<Authentication> authenticate(Authentication authentication, HttpPartnerTokens tokens) {
        if (!(authentication instanceof BearerTokenAuthenticationToken bearer)) {
            return Mono.empty();
        }
        return tokens.borrower(bearer.getToken())
                .<Authentication>map(BorrowerAuthentication::new)
                .onErrorMap(BadJwtException.class, e -> new InvalidBearerTokenException("refused", e));
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, AuthenticationException e) {
        return Mono.error(HttpProblem.UNAUTHENTICATED
                .because(complaint(exchange.getRequest()))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
    }

    private static String complaint(ServerHttpRequest request) {
        if (request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
            return "The token is not a valid, unexpired token of the identity provider for this service.";
        }
        return request.getQueryParams().containsKey("ticket")
                ? "The ticket is unknown, used or older than 30 s. Ask for a new one."
                : "A token of the identity provider is required: Authorization: Bearer …";
    }
}
