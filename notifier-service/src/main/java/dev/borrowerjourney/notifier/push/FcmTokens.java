package dev.borrowerjourney.notifier.push;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.borrowerjourney.defaults.secret.Secret;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Access tokens for Firebase by the JWT bearer grant (RFC 7523), one for all pushes of an application until it ends.
 * Applications do not wait for each other, and a fetch that failed is not repeated at once.
 */
final class FcmTokens {

    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final Duration ASSERTION_LIFE = Duration.ofMinutes(10);
    private static final Duration EARLY = Duration.ofMinutes(2);
    private static final Duration SHARED = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpCalls calls;
    private final Clock clock;
    private final Map<UUID, ReentrantLock> fetching = new ConcurrentHashMap<>();
    private final Map<UUID, Held> held = new ConcurrentHashMap<>();
    private final Map<UUID, Failed> failed = new ConcurrentHashMap<>();

    FcmTokens(HttpCalls calls, Clock clock) {
        this.calls = calls;
        this.clock = clock;
    }

    private record Held(Credentials.Fcm credentials, Secret token, Instant until) {}

    /** @param complaint null if the credentials were refused */
    private record Failed(
            Credentials.Fcm credentials, @Nullable String complaint, Deadline until) {}

    /** Nothing if the credentials are refused. */
    Optional<Secret> token(UUID applicationId, Credentials.Fcm credentials, Deadline deadline)
            throws IOException, InterruptedException {
        var known = known(applicationId, credentials);
        if (known.isPresent()) {
            return known;
        }
        // Whoever comes meanwhile waits for the token that is being fetched, instead of fetching one more.
        var alone = fetching.computeIfAbsent(applicationId, _ -> new ReentrantLock());
        if (!alone.tryLock(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
            throw new IOException("no token in time");
        }
        try {
            var meanwhile = known(applicationId, credentials);
            return meanwhile.isPresent() ? meanwhile : fetched(applicationId, credentials, deadline);
        } finally {
            alone.unlock();
        }
    }

    /** Has the next push fetch another one, unless that was done already. */
    void refused(UUID applicationId, Secret token) {
        held.computeIfPresent(applicationId, (_, known) -> known.token().equals(token) ? null : known);
    }

    private Optional<Secret> known(UUID applicationId, Credentials.Fcm credentials) {
        return Optional.ofNullable(held.get(applicationId))
                .filter(known -> known.credentials().equals(credentials)
                        && clock.instant().isBefore(known.until()))
                .map(Held::token);
    }

    // Those who waited for a fetch that failed share its end, or each would wait for one of its own.
    private Optional<Secret> fetched(UUID applicationId, Credentials.Fcm credentials, Deadline deadline)
            throws IOException, InterruptedException {
        var before = failed.get(applicationId);
        if (before != null
                && before.credentials().equals(credentials)
                && before.until().nanosLeft() > 0) {
            if (before.complaint() != null) {
                throw new IOException(before.complaint());
            }
            return Optional.empty();
        }
        try {
            var fetched = fetch(credentials, deadline);
            fetched.ifPresentOrElse(
                    token -> held.put(applicationId, token), () -> fail(applicationId, credentials, null));
            return fetched.map(Held::token);
        } catch (IOException e) {
            fail(applicationId, credentials, "no token was fetched a moment ago");
            throw e;
        }
    }

    private void fail(UUID applicationId, Credentials.Fcm credentials, @Nullable String complaint) {
        failed.put(applicationId, new Failed(credentials, complaint, Deadline.in(SHARED)));
    }

    private Optional<Held> fetch(Credentials.Fcm credentials, Deadline deadline)
            throws IOException, InterruptedException {
        var now = clock.instant();
        var request = HttpRequest.newBuilder(credentials.tokenUri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8)
                        + "&assertion=" + assertion(credentials, now)))
                .build();
        var answer = calls.send(request, deadline);
        if (answer.ok()) {
            return Optional.of(read(answer.body(), credentials, now));
        }
        if (answer.status() == 400 || answer.status() == 401 || answer.status() == 403) {
            return Optional.empty();
        }
        throw new IOException("the token endpoint answered " + answer.status());
    }

    private static Held read(String body, Credentials.Fcm credentials, Instant now) throws IOException {
        try {
            var json = JSON.readTree(body);
            var token = json.path("access_token").asString("");
            if (!token.isEmpty()) {
                var life = Duration.ofSeconds(json.path("expires_in").asLong(0));
                return new Held(credentials, Secret.of(token), now.plus(life).minus(EARLY));
            }
        } catch (JacksonException _) {
            // Said below; the cause might quote the token.
        }
        throw new IOException("the token endpoint answered without a token");
    }

    private static String assertion(Credentials.Fcm credentials, Instant now) throws IOException {
        try {
            var assertion = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(credentials.keyId())
                            .build(),
                    new JWTClaimsSet.Builder()
                            .issuer(credentials.clientEmail())
                            .audience(credentials.tokenUri().toString())
                            .claim("scope", SCOPE)
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(ASSERTION_LIFE)))
                            .build());
            assertion.sign(new RSASSASigner(key(credentials.key())));
            return assertion.serialize();
        } catch (JOSEException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the key of the service account signs nothing: "
                    + e.getClass().getSimpleName());
        }
    }

    static PrivateKey key(Secret pem) throws GeneralSecurityException {
        var base64 = pem.reveal().replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        return KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
