package dev.borrowerjourney.notifier.identity;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
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

    private static final int PATIENCE_MILLIS = 2_000;
    private static final Duration KEYS_OUTLIVE_OUTAGE = Duration.ofHours(4);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int MOST_BYTES_OF_KEYS = 256 * 1024;

    private final Keys keys = new Keys();
    private final NimbusJwtDecoder decoder;
    private final BorrowerClaims claims;
    private final Scheduler blocking;

    HttpPartnerTokens(IdentityProperties properties, BorrowerClaims claims, Scheduler blocking) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), source(properties, keys)));
        // Access tokens of RFC 9068 call themselves at+jwt; most providers leave it at JWT, or say nothing.
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
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
        } catch (JwtException e) {
            if (keys.read() && e.getCause() instanceof RateLimitReachedException) {
                // The provider was asked a moment ago and had no such key: the token is somebody else's.
                throw new BadJwtException("unknown key", e);
            }
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

    private static JWKSource<SecurityContext> source(IdentityProperties properties, Keys keys) {
        try {
            return JWKSourceBuilder.<SecurityContext>create(properties.jwksUri().toURL(), keys)
                    .retrying(true)
                    .outageTolerant(KEYS_OUTLIVE_OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("notifier.identity.jwks-uri: no URL (expected: an https URL)", e);
        }
    }

    /** Remembers whether the provider has ever answered. */
    private static final class Keys extends DefaultResourceRetriever {

        private volatile boolean read;

        Keys() {
            super(PATIENCE_MILLIS, PATIENCE_MILLIS, MOST_BYTES_OF_KEYS);
        }

        @Override
        public Resource retrieveResource(URL url) throws IOException {
            var resource = super.retrieveResource(url);
            read = true;
            return resource;
        }

        boolean read() {
            return read;
        }
    }
}
