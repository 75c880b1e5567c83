package dev.borrowerjourney.session.identity;

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
import dev.borrowerjourney.session.problem.HttpProblem;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Verifies partner tokens. The provider's keys are cached and outlive an outage of the provider; tokens with made-up key
 * ids cannot make us ask it more than twice in half a minute.
 */
class PartnerTokens implements ReactiveJwtDecoder {

    private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MOST_BYTES_OF_KEYS = 256 * 1024;
    private static final long KEYS_OUTLIVE_OUTAGE_MILLIS = Duration.ofHours(4).toMillis();

    private final Keys keys = new Keys();
    private final NimbusJwtDecoder decoder;
    private final Scheduler blocking;

    PartnerTokens(IdentityProperties properties, Scheduler blocking) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keysOf(properties, keys)));
        // Access tokens of RFC 9068 call themselves at+jwt; most providers leave it at JWT, or say nothing.
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), null));
        // The validators below check the claims, and say which one failed.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        var times = new JwtTimestampValidator(CLOCK_SKEW);
        times.setAllowEmptyExpiryClaim(false);
        decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times,
                new JwtIssuerValidator(properties.issuer()),
                new JwtClaimValidator<List<String>>(
                        JwtClaimNames.AUD,
                        audiences -> audiences != null && audiences.contains(properties.audience()))));
        this.blocking = blocking;
    }

    @Override
    public Mono<Jwt> decode(String token) {
        // Reading keys blocks, and so does a signature check long enough to matter on the event loop.
        return Mono.fromCallable(() -> decodeBlocking(token)).subscribeOn(blocking);
    }

    private Jwt decodeBlocking(String token) {
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            if (keys.read() && e.getCause() instanceof RateLimitReachedException) {
                // The provider was asked a moment ago and had no such key: the token is somebody else's.
                throw new BadJwtException("unknown key", e);
            }
            throw HttpProblem.IDENTITY_UNAVAILABLE.because("The identity provider's keys cannot be read now.");
        }
    }

    private static JWKSource<SecurityContext> keysOf(IdentityProperties properties, Keys keys) {
        try {
            return JWKSourceBuilder.create(properties.jwksUri().toURL(), keys)
                    .retrying(true)
                    .outageTolerant(KEYS_OUTLIVE_OUTAGE_MILLIS)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("session.identity.jwks-uri: no address (expected: https)", e);
        }
    }

    /** Remembers whether the provider has ever answered. */
    private static final class Keys extends DefaultResourceRetriever {

        private volatile boolean read;

        Keys() {
            super(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES_OF_KEYS);
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
