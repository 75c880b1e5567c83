package dev.borrowerjourney.sandbox.platform.identity;

import static dev.borrowerjourney.sandbox.platform.call.PlatformException.invalid;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.borrowerjourney.sandbox.platform.PublicAddress;
import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives a token to whoever asks for any borrower: the sandbox's stand-in for the partner's own login. */
@RestController
@RequestMapping("/identity")
class IdentityController {

    private static final int LONGEST_SUBJECT = 128;
    private static final long OLDEST_SECONDS = 86_400;

    private final SigningKey key;
    private final SandboxPlatformProperties properties;
    private final PublicAddress address;

    IdentityController(SigningKey key, SandboxPlatformProperties properties, PublicAddress address) {
        this.key = key;
        this.properties = properties;
        this.address = address;
    }

    /**
     * Whom the token shall name.
     *
     * @param expiresInSeconds at most the token lifetime; below zero makes a token that has expired already
     */
    record TokenRequest(
            @Nullable String borrowerExternalId,
            @Nullable UUID applicationId,
            @Nullable Long expiresInSeconds) {}

    record Token(String access_token, String token_type, long expires_in) {}

    record Discovery(
            String issuer,
            URI jwks_uri,
            URI token_endpoint,
            List<String> response_types_supported,
            List<String> subject_types_supported,
            List<String> id_token_signing_alg_values_supported) {}

    @PostMapping("/token")
    ResponseEntity<Token> token(@RequestBody TokenRequest request) throws JOSEException {
        String subject = request.borrowerExternalId();
        if (subject == null || subject.isBlank() || subject.length() > LONGEST_SUBJECT) {
            throw invalid("borrowerExternalId must have 1 to " + LONGEST_SUBJECT + " characters.");
        }
        long seconds = seconds(request.expiresInSeconds());
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(properties.audience())
                .subject(subject)
                .jwtID(UUID.randomUUID().toString())
                // A token that has expired was issued before that.
                .issueTime(Date.from(now.plusSeconds(Math.min(0, seconds - 1))))
                .expirationTime(Date.from(now.plusSeconds(seconds)));
        if (request.applicationId() != null) {
            claims.claim("application_id", request.applicationId().toString());
        }
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Token(key.sign(claims.build()), "Bearer", seconds));
    }

    @GetMapping(path = "/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return key.publicKeys();
    }

    @GetMapping("/.well-known/openid-configuration")
    Discovery discovery() {
        return new Discovery(
                issuer(),
                address.url("/identity/jwks.json"),
                address.url("/identity/token"),
                List.of("token"),
                List.of("public"),
                List.of(properties.identity().algorithm().name()));
    }

    private long seconds(@Nullable Long asked) {
        long most = properties.identity().tokenLifetime().toSeconds();
        long seconds = asked == null ? most : asked;
        if (seconds > most || seconds < -OLDEST_SECONDS) {
            throw invalid("expiresInSeconds must be at most " + most + ".");
        }
        return seconds;
    }

    private String issuer() {
        String set = properties.issuer();
        return set == null ? address.url("/identity").toString() : set;
    }
}
