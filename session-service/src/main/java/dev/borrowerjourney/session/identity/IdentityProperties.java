package dev.borrowerjourney.session.identity;

import java.net.URI;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the partner's identity provider.
 *
 * @param issuer the value of {@code iss}
 * @param jwksUri where its public keys are read
 * @param audience must be among the values of {@code aud}
 * @param borrowerClaim the claim that holds the borrowerExternalId
 * @param applicationClaim the claim that holds the platform's application id; required once several are served
 * @param allowPlainHttp whether {@code jwksUri} may be http; for the sandbox alone
 */
@ConfigurationProperties(prefix = "session.identity", ignoreUnknownFields = false)
record IdentityProperties(
        String issuer,
        URI jwksUri,
        @DefaultValue("borrower-journey") String audience,
        @DefaultValue("sub") String borrowerClaim,
        @DefaultValue("application_id") String applicationClaim,
        @DefaultValue("false") boolean allowPlainHttp) {

    IdentityProperties {
        // Binding hands over null where nothing is set; the annotations say what holds afterwards.
        if (issuer == null || issuer.isBlank()) {
            throw new IllegalArgumentException(
                    "session.identity.issuer: not set (expected: the iss of partner tokens)");
        }
        if (jwksUri == null || jwksUri.getHost() == null) {
            throw new IllegalArgumentException("session.identity.jwks-uri: not set (expected: an https address)");
        }
        var scheme = jwksUri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowPlainHttp && scheme.equals("http"))) {
            throw new IllegalArgumentException("session.identity.jwks-uri: " + scheme + " (expected: https)");
        }
    }
}
