package dev.borrowerjourney.notifier.identity;

import dev.borrowerjourney.notifier.NotifierProperties;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
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
    SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http, HttpPartnerTokens tokens) {
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
                .build();
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
        var sent = exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
        return Mono.error(HttpProblem.UNAUTHENTICATED
                .because(
                        sent
                                ? "The token is not a valid, unexpired token of the identity provider for this service."
                                : "A token of the identity provider is required: Authorization: Bearer …")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
    }
}
