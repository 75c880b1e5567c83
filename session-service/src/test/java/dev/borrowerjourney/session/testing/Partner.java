package dev.borrowerjourney.session.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.UnaryOperator;

/** The partner's identity provider: signs tokens as a test wants them. */
public final class Partner {

    public static final String ISSUER = "https://identity.partner.example";
    public static final String AUDIENCE = "borrower-journey";

    private final RSAKey key;

    public Partner() {
        try {
            key = new RSAKeyGenerator(2048).keyID("partner-1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String publicKeys() {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    public String tokenOf(String borrower) {
        return token(claims -> claims.subject(borrower));
    }

    /** A token that differs from a valid one as told. */
    public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return token(header -> header, change);
    }

    /** A token whose header differs, too. */
    public String token(UnaryOperator<JWSHeader.Builder> header, UnaryOperator<JWTClaimsSet.Builder> change) {
        var valid = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject("CUST_0001")
                .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))));
        try {
            var token = new SignedJWT(
                    header.apply(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()))
                            .build(),
                    change.apply(valid).build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
