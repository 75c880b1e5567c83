package dev.borrowerjourney.notifier.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Checks partner tokens against the provider's published keys. The keys are kept for hours when the provider is away, so
 * that its outage ends no reconnect.
 */
final class HttpPartnerTokens {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration KEYS_OUTLIVE_OUTAGE = Duration.ofHours(4);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int MOST_BYTES_OF_KEYS = 256 * 1024;

    private final NimbusJwtDecoder decoder;
    private final BorrowerClaims claims;
    private final Scheduler blocking;

    HttpPartnerTokens(IdentityProperties properties, BorrowerClaims claims, Scheduler blocking) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys(properties)));
        // Spring's validators check the claims.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(validator(properties));
        this.claims = claims;
        this.blocking = blocking;
    }

    /** The borrower of a token; ends with {@link BadJwtException} if the token is no good. */
    Mono<Borrower> borrower(String token) {
        // Keys may have to be fetched, which blocks.
        return Mono.fromCallable(() -> check(token)).subscribeOn(blocking);
    }

    private Borrower check(String token) {
        var jwt = decode(token);
        // The validator refuses a token without an end.
        return claims.borrower(jwt.getClaims(), Objects.requireNonNull(jwt.getExpiresAt()));
    }

    private Jwt decode(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException _) {
            throw HttpProblem.IDENTITY_UNAVAILABLE
                    .because("The identity provider's keys cannot be read now.")
                    .retryAfter(RETRY_AFTER);
        }
    }

    private static OAuth2TokenValidator<Jwt> validator(IdentityProperties properties) {
        var times = new JwtTimestampValidator(properties.clockSkew());
        times.setAllowEmptyExpiryClaim(false);
        return new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtIssuerValidator(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD, audience -> audience != null && audience.contains(properties.audience())));
    }

    private static JWKSource<SecurityContext> keys(IdentityProperties properties) {
        var millis = Math.toIntExact(PATIENCE.toMillis());
        try {
            return JWKSourceBuilder.<SecurityContext>create(
                            properties.jwksUri().toURL(),
                            new DefaultResourceRetriever(millis, millis, MOST_BYTES_OF_KEYS))
                    .retrying(true)
                    .outageTolerant(KEYS_OUTLIVE_OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("notifier.identity.jwks-uri: no URL (expected: an https URL)", e);
        }
    }
}
