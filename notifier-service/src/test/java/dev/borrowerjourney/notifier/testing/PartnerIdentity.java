package dev.borrowerjourney.notifier.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** An identity provider on a free loopback port, with one key that it publishes and one that it does not. */
public final class PartnerIdentity implements AutoCloseable {

    public static final String AUDIENCE = "borrower-journey";

    private final HttpServer server;
    private final RSAKey key = newKey("published");
    private final RSAKey foreignKey = newKey("published");

    private PartnerIdentity(HttpServer server) {
        this.server = server;
    }

    public static PartnerIdentity start() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var identity = new PartnerIdentity(server);
            var keys = new JWKSet(identity.key.toPublicJWK()).toString().getBytes(UTF_8);
            server.createContext("/jwks.json", exchange -> {
                try (exchange) {
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                }
            });
            server.start();
            return identity;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String jwksUri() {
        return issuer() + "/jwks.json";
    }

    /** A good token for five minutes. */
    public String token(String borrowerExternalId) {
        return token(borrowerExternalId, Duration.ofMinutes(5), _ -> {});
    }

    public String token(String borrowerExternalId, Duration life, Consumer<JWTClaimsSet.Builder> change) {
        return signed(borrowerExternalId, life, header -> header, change, key);
    }

    /** Signed by the published key, under a header that says otherwise. */
    public String token(String borrowerExternalId, UnaryOperator<JWSHeader.Builder> header) {
        return signed(borrowerExternalId, Duration.ofMinutes(5), header, _ -> {}, key);
    }

    /** Signed by another key under the same id. */
    public String forgedToken(String borrowerExternalId) {
        return signed(borrowerExternalId, Duration.ofMinutes(5), header -> header, _ -> {}, foreignKey);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String signed(
            String borrowerExternalId,
            Duration life,
            UnaryOperator<JWSHeader.Builder> header,
            Consumer<JWTClaimsSet.Builder> change,
            RSAKey signer) {
        try {
            var claims = new JWTClaimsSet.Builder()
                    .issuer(issuer())
                    .audience(AUDIENCE)
                    .subject(borrowerExternalId)
                    .expirationTime(Date.from(Instant.now().plus(life)));
            change.accept(claims);
            var jwt = new SignedJWT(
                    header.apply(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(signer.getKeyID()))
                            .build(),
                    claims.build());
            jwt.sign(new RSASSASigner(signer));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
