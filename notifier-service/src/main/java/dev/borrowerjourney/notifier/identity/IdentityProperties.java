package dev.borrowerjourney.notifier.identity;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The partner's identity provider.
 *
 * @param issuer the value of the claim iss
 * @param jwksUri where its public keys are
 * @param audience a value that the claim aud must hold
 * @param borrowerClaim the claim that holds the borrowerExternalId
 * @param applicationClaim the claim that holds the application's id; may be missing where one application is served
 * @param clockSkew how far the provider's clock may be off: a token is accepted this long before and after its times
 * @param allowPlainHttp whether jwksUri may be http; only for the sandbox
 */
@ConfigurationProperties("notifier.identity")
record IdentityProperties(
        String issuer,
        URI jwksUri,
        @DefaultValue("borrower-journey") String audience,
        @DefaultValue("sub") String borrowerClaim,
        @DefaultValue("application_id") String applicationClaim,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("false") boolean allowPlainHttp) {

    IdentityProperties {
        require("issuer", issuer != null && !issuer.isBlank(), "missing (expected: the claim iss of its tokens)");
        require("jwks-uri", jwksUri != null, "missing (expected: an https URL)");
        require(
                "jwks-uri",
                "https".equals(jwksUri.getScheme()) || (allowPlainHttp && "http".equals(jwksUri.getScheme())),
                jwksUri.getScheme() + " (expected: https)");
        require("audience", !audience.isBlank(), "blank (expected: a name)");
        require("borrower-claim", !borrowerClaim.isBlank(), "blank (expected: a claim)");
        require("application-claim", !applicationClaim.isBlank(), "blank (expected: a claim)");
        require(
                "clock-skew",
                !clockSkew.isNegative() && clockSkew.compareTo(Duration.ofMinutes(1)) <= 0,
                clockSkew + " (expected: between 0s and 1m)");
    }

    private static void require(String setting, boolean met, String complaint) {
        if (!met) {
            throw new IllegalArgumentException("notifier.identity." + setting + ": " + complaint);
        }
    }
}
