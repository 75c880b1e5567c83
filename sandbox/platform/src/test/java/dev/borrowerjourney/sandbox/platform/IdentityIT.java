package dev.borrowerjourney.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdentityIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(SandboxPlatformProperties.Algorithm.class)
    void signsTokensThatItsKeysVerify(SandboxPlatformProperties.Algorithm algorithm) throws Exception {
        try (TestPlatform platform = TestPlatform.start(directory, "identity.algorithm=" + algorithm)) {
            TestPlatform.Answer answer =
                    platform.send("POST", "/identity/token", "{\"borrowerExternalId\":\"CUST_0012\"}");

            JWTClaimsSet claims = verified(platform, algorithm, answer);

            assertThat(claims.getSubject()).isEqualTo("CUST_0012");
            assertThat(claims.getIssuer()).isEqualTo(platform.url("/identity"));
            assertThat(Duration.between(
                            claims.getIssueTime().toInstant(),
                            claims.getExpirationTime().toInstant()))
                    .isEqualTo(Duration.ofMinutes(5));
            assertThat(answer.json().path("token_type").asString()).isEqualTo("Bearer");
            assertThat(answer.json().path("expires_in").asInt()).isEqualTo(300);
        }
    }

    @Test
    void makesExpiredTokensForTests() {
        try (TestPlatform platform = TestPlatform.start(directory)) {
            TestPlatform.Answer answer = platform.send(
                    "POST", "/identity/token", "{\"borrowerExternalId\":\"CUST_0012\",\"expiresInSeconds\":-3600}");

            assertThatThrownBy(() -> verified(platform, SandboxPlatformProperties.Algorithm.RS256, answer))
                    .isInstanceOf(BadJWTException.class)
                    .hasMessageContaining("Expired");
        }
    }

    @Test
    void refusesTokensThatLiveTooLongOrNameNobody() {
        try (TestPlatform platform = TestPlatform.start(directory)) {
            assertThat(platform.send(
                                    "POST",
                                    "/identity/token",
                                    "{\"borrowerExternalId\":\"CUST_0012\",\"expiresInSeconds\":301}")
                            .status())
                    .isEqualTo(400);
            assertThat(platform.send("POST", "/identity/token", "{}").status()).isEqualTo(400);
            assertThat(platform.send("POST", "/identity/token", "not json").status())
                    .isEqualTo(400);
        }
    }

    private static JWTClaimsSet verified(
            TestPlatform platform, SandboxPlatformProperties.Algorithm algorithm, TestPlatform.Answer answer)
            throws Exception {
        DefaultJWTProcessor<SecurityContext> verifier = new DefaultJWTProcessor<>();
        verifier.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.parse(algorithm.name()),
                JWKSourceBuilder.create(
                                URI.create(platform.url("/identity/jwks.json")).toURL())
                        .build()));
        verifier.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>("borrower-journey", null, Set.of("sub", "iss", "exp")));
        return verifier.process(answer.json().path("access_token").asString(), null);
    }
}
