package dev.borrowerjourney.notifier.push;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.borrowerjourney.notifier.push.Peer.Received;
import dev.borrowerjourney.notifier.push.Peer.Reply;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Firebase and Google's token endpoint: takes only assertions of its service account, and only tokens it gave. */
final class FcmStandIn implements AutoCloseable {

    static final String PROJECT = "borrower-journey-test";
    static final String ACCOUNT = "push@borrower-journey-test.iam.example";
    static final String KEY_ID = "key-1";

    /** To make one takes longer than most tests; of two stand-ins one after the other each has another. */
    private static final List<KeyPair> KEYS = List.of(newKeys(), newKeys());

    private static final AtomicInteger MADE = new AtomicInteger();

    private final KeyPair keys = KEYS.get(MADE.getAndIncrement() % KEYS.size());
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final Peer peer = Peer.start(this::answer);
    private volatile Function<Received, Reply> messages = FcmStandIn::accepted;
    private volatile Function<Received, Reply> grants = this::grant;

    /** The file that Google gives to who makes a service account. */
    String serviceAccount() {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded());
        return """
                {"type": "service_account", "project_id": "%s", "private_key_id": "%s", "client_email": "%s",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n",
                 "token_uri": "%s"}
                """.formatted(PROJECT, KEY_ID, ACCOUNT, base64.replace("\n", "\\n"), peer.uri("/token"));
    }

    URI uri() {
        return peer.uri("");
    }

    /** What Firebase answers to messages that bear a good token. */
    void reply(Function<Received, Reply> next) {
        messages = next;
    }

    /** What the token endpoint answers, in place of checking. */
    void replyToGrant(Function<Received, Reply> next) {
        grants = next;
    }

    /** Has the token endpoint take its time. */
    void holdGrant(Duration time) {
        grants = request -> {
            LockSupport.parkNanos(time.toNanos());
            return grant(request);
        };
    }

    void revokeTokens() {
        tokens.clear();
    }

    List<Received> grants() {
        return received("/token");
    }

    List<Received> messages() {
        return received("/v1/projects/" + PROJECT + "/messages:send");
    }

    static Reply error(int status, String code) {
        return new Reply(status, Map.of("Retry-After", "30"), """
                {"error": {"code": %d, "message": "no", "status": "X", "details": [
                 {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "%s"}]}}
                """.formatted(status, code));
    }

    @Override
    public void close() {
        peer.close();
    }

    private List<Received> received(String path) {
        return peer.received().stream()
                .filter(request -> request.path().equals(path))
                .toList();
    }

    private Reply answer(Received request) {
        if (request.path().equals("/token")) {
            return grants.apply(request);
        }
        var token = request.header("authorization").replaceFirst("^Bearer ", "");
        return tokens.contains(token) ? messages.apply(request) : Reply.of(401);
    }

    private Reply grant(Received request) {
        var form = Arrays.stream(request.text().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        if (!"urn:ietf:params:oauth:grant-type:jwt-bearer".equals(form.get("grant_type"))
                || !good(form.getOrDefault("assertion", ""))) {
            return new Reply(400, Map.of(), "{\"error\": \"invalid_grant\"}");
        }
        var token = UUID.randomUUID().toString();
        tokens.add(token);
        return new Reply(200, Map.of(), """
                {"access_token": "%s", "expires_in": 3599, "token_type": "Bearer"}
                """.formatted(token));
    }

    private boolean good(String assertion) {
        try {
            var jwt = SignedJWT.parse(assertion);
            var claims = jwt.getJWTClaimsSet();
            var issued = claims.getIssueTime().toInstant();
            var ends = claims.getExpirationTime().toInstant();
            return jwt.verify(new RSASSAVerifier((RSAPublicKey) keys.getPublic()))
                    && KEY_ID.equals(jwt.getHeader().getKeyID())
                    && ACCOUNT.equals(claims.getIssuer())
                    && claims.getAudience().equals(List.of(peer.uri("/token").toString()))
                    && "https://www.googleapis.com/auth/firebase.messaging".equals(claims.getStringClaim("scope"))
                    && ends.isAfter(Instant.now())
                    && !ends.isAfter(issued.plus(Duration.ofHours(1)));
        } catch (ParseException | JOSEException _) {
            return false;
        }
    }

    private static Reply accepted(Received request) {
        return new Reply(200, Map.of(), "{\"name\": \"projects/" + PROJECT + "/messages/0:1\"}");
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
