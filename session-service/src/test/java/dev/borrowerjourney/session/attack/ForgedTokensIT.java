package dev.borrowerjourney.session.attack;

import static dev.borrowerjourney.session.testing.PlatformStandIn.HEADLESS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.borrowerjourney.session.testing.Partner;
import dev.borrowerjourney.session.testing.PlatformStandIn;
import dev.borrowerjourney.session.testing.ServiceUnderTest;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens that somebody made up, and what a real one does not do. */
class ForgedTokensIT extends ServiceUnderTest {

    private final JWTClaimsSet claims = new JWTClaimsSet.Builder()
            .issuer(Partner.ISSUER)
            .audience(Partner.AUDIENCE)
            .subject(borrower)
            .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(5))))
            .build();

    @Test
    void refusesUnsignedToken() {
        sessions(new PlainJWT(claims).serialize(), 401);
        sessions(PARTNER.tokenOf(borrower).replaceFirst("\\.[^.]*$", "."), 401);
    }

    /** The public key is known to everybody, and a verifier that takes any algorithm would take it for a shared secret. */
    @Test
    void refusesTokenSignedWithThePublicKey() throws JOSEException, ParseException {
        var key = JWKSet.parse(PARTNER.publicKeys()).getKeys().getFirst();
        for (var secret : new byte[][] {
            PARTNER.publicKeys().getBytes(UTF_8),
            key.toJSONString().getBytes(UTF_8),
            key.toRSAKey().toPublicKey().getEncoded()
        }) {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .build(),
                    claims);
            token.sign(new MACSigner(secret));

            sessions(token.serialize(), 401);
        }
    }

    /** A token that says where its key is to be had would vouch for itself. */
    @Test
    void fetchesNoKeyThatATokenNames() throws ParseException {
        var elsewhere = new PlatformStandIn(API_KEY);
        var forger = new Partner();
        elsewhere.serve("/keys.json", forger.publicKeys());
        var address = URI.create(elsewhere.url() + "/keys.json");
        var key = JWKSet.parse(forger.publicKeys()).getKeys().getFirst();
        try {
            sessions(forger.token(header -> header.jwkURL(address), body -> body.subject(borrower)), 401);
            sessions(forger.token(header -> header.x509CertURL(address), body -> body.subject(borrower)), 401);
            sessions(forger.token(header -> header.jwk(key), body -> body.subject(borrower)), 401);
            sessions(forger.token(header -> header.keyID("../../keys.json"), body -> body.subject(borrower)), 401);
            sessions(forger.token(header -> header.keyID(address.toString()), body -> body.subject(borrower)), 401);
            sessions(
                    forger.token(header -> header.type(new JOSEObjectType("a\"b")), body -> body.subject(borrower)),
                    401);
            assertThat(elsewhere.requests()).isEmpty();
        } finally {
            elsewhere.close();
        }
    }

    /** The session is not the partner's login: it has its own end, and the partner ends it by a call. */
    @Test
    void outlivesThePartnersToken() {
        var within = Instant.now().minus(Duration.ofSeconds(24));
        var partner = PARTNER.token(body -> body.subject(borrower).expirationTime(Date.from(within)));
        var session = Objects.requireNonNull(app.post()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(partner))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(Created.class)
                .returnResult()
                .getResponseBody());

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> sessions(partner, 401));

        app.get()
                .uri(HEADLESS + "/nothing")
                .headers(headers -> headers.setBearerAuth(session.sessionToken()))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void givesEachReplayAnotherToken() {
        var key = UUID.randomUUID().toString();

        var first = create(borrower, key, "");
        var second = create(borrower, key, "");

        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.sessionToken()).isNotEqualTo(first.sessionToken());
    }

    private void sessions(String token, int status) {
        app.get()
                .uri("/v1/sessions")
                .headers(headers -> headers.setBearerAuth(token))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }
}
