package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.device.Address;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.Peer.Received;
import dev.borrowerjourney.notifier.push.Peer.Reply;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushProperties.ApnsSettings;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebPushChannelTest {

    static final Pattern AUTHORIZATION = Pattern.compile("vapid t=([^,]+), k=([A-Za-z0-9_-]{87})");

    final Peer service = Peer.start(_ -> Reply.of(201));
    final PushSecrets secrets = PushSecrets.create();
    final byte[] auth = new byte[16];

    WebPushReceiver browser;
    String p256dh;
    String serverKey;
    Sender sender;

    @BeforeEach
    void subscribe() {
        new SecureRandom().nextBytes(auth);
        var keys = PushSecrets.newKeys();
        browser = WebPushReceiver.of(keys, auth);
        p256dh = PushSecrets.publicKey(keys);
        serverKey = secrets.vapid(Sender.APPLICATION, "2026-11-01");
        sender = Sender.of(secrets);
    }

    @AfterEach
    void stop() {
        sender.close();
        service.close();
    }

    @Test
    void sendsWhatOnlyTheBrowserCanRead() throws GeneralSecurityException {
        var push = Sender.push(Kind.OFFERS_READY);

        assertThat(sender.send(push, device("hi-IN"))).isEqualTo(new PushOutcome.Accepted(null));

        var read = read(only());
        assertThat(read.path("kind").asString()).isEqualTo("OFFERS_READY");
        assertThat(read.path("journey").asString()).isEqualTo(push.journey().value());
        assertThat(read.path("notificationId").asString())
                .isEqualTo(push.notificationId().toString());
        assertThat(read.path("title").asString()).isEqualTo("आपके लिए ऑफ़र तैयार हैं");
        assertThat(only().text()).doesNotContain("OFFERS_READY");
    }

    @Test
    void saysHowLongAndWhatItReplaces() {
        var push = Sender.push(Kind.OFFERS_READY);

        sender.send(push, device("en"));

        assertThat(only().method()).isEqualTo("POST");
        assertThat(only().header("ttl")).isEqualTo("3600");
        assertThat(only().header("urgency")).isEqualTo("high");
        assertThat(only().header("topic")).isEqualTo(push.journey().value()).matches("[A-Za-z0-9_-]{1,32}");
        assertThat(only().header("content-encoding")).isEqualTo("aes128gcm");
    }

    @Test
    void identifiesItself() throws ParseException, JOSEException {
        sender.send(Sender.push(Kind.CLOSED), device("en"));

        var matcher = AUTHORIZATION.matcher(only().header("authorization"));
        assertThat(matcher.matches()).isTrue();
        assertThat(matcher.group(2)).isEqualTo(serverKey);
        var point = Base64.getUrlDecoder().decode(matcher.group(2));
        var key = new ECKey.Builder(
                        Curve.P_256,
                        Base64URL.encode(Arrays.copyOfRange(point, 1, 33)),
                        Base64URL.encode(Arrays.copyOfRange(point, 33, 65)))
                .build();
        var token = SignedJWT.parse(matcher.group(1));
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getAudience()).isEqualTo(List.of(service.uri("").toString()));
        assertThat(claims.getSubject()).isEqualTo(Sender.CONTACT);
        assertThat(claims.getExpirationTime())
                .isBetween(Date.from(Instant.now()), Date.from(Instant.now().plus(Duration.ofHours(24))));
    }

    /** The push service must not learn from the length what it is about. */
    @Test
    void sendsTheSameLengthWhateverItSays() {
        for (var kind : Kind.values()) {
            sender.send(Sender.push(kind), device("hi"));
            sender.send(Sender.push(kind), device("en"));
        }

        assertThat(service.received())
                .extracting(received -> received.body().length)
                .containsOnly(1127);
    }

    @ParameterizedTest
    @CsvSource({"404", "410"})
    void givesUpSubscriptionThatIsGone(int status) {
        service.reply(_ -> Reply.of(status));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en"))).isEqualTo(new PushOutcome.Gone());
    }

    @ParameterizedTest
    @CsvSource({"400,PUSH_REFUSED", "413,PUSH_REFUSED"})
    void neverRepeatsWhatIsWrong(int status, Reason reason) {
        service.reply(_ -> Reply.of(status));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en"))).isEqualTo(new PushOutcome.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "401,CREDENTIALS_REFUSED",
        "403,CREDENTIALS_REFUSED",
        "429,RATE_LIMITED",
        "500,PROVIDER_FAILED",
        "503,PROVIDER_FAILED"
    })
    void comesBackWhenAskedTo(int status, Reason reason) {
        service.reply(_ -> new Reply(status, Map.of("Retry-After", "120"), ""));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en")))
                .isEqualTo(new PushOutcome.Later(Duration.ofMinutes(2), reason));
    }

    @Test
    void readsRetryAfterAsDate() {
        service.reply(_ -> new Reply(503, Map.of("Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT"), ""));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en")))
                .isInstanceOfSatisfying(PushOutcome.Later.class, later -> assertThat(later.retryAfter())
                        .isGreaterThan(Duration.ofDays(365)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "Fri, 31 Dec 1999 23:59:59 GMT"})
    void overlooksRetryAfterThatIsNone(String retryAfter) {
        service.reply(_ -> new Reply(503, Map.of("Retry-After", retryAfter), ""));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en")))
                .isEqualTo(new PushOutcome.Later(null, Reason.PROVIDER_FAILED));
    }

    @Test
    void followsNoRedirect() {
        service.reply(
                _ -> new Reply(307, Map.of("Location", service.uri("/elsewhere").toString()), ""));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en")))
                .isEqualTo(new PushOutcome.Later(null, Reason.PROVIDER_FAILED));
        assertThat(service.received()).extracting(Received::path).containsExactly("/subscription");
    }

    @Test
    void survivesCutAndSilence() {
        service.reply(_ -> Reply.CUT);
        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en")))
                .isEqualTo(new PushOutcome.Later(null, Reason.NO_ANSWER));

        service.reply(_ -> Reply.SILENCE);
        try (var impatient = Sender.of(secrets, Duration.ofSeconds(2))) {
            assertThat(impatient.send(Sender.push(Kind.CLOSED), device("en")))
                    .isEqualTo(new PushOutcome.Later(null, Reason.NO_ANSWER));
        }
    }

    @Test
    void keepsNothingOfAnEndlessAnswer() {
        service.reply(_ -> new Reply(500, Map.of(), "x".repeat(1024 * 1024)));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en"))).isInstanceOf(PushOutcome.Later.class);
    }

    @Test
    void sendsNothingToServiceThatIsNotOnTheList() {
        var elsewhere = device("en", "http://192.0.2.1/subscription", serverKey);

        assertThat(sender.send(Sender.push(Kind.CLOSED), elsewhere))
                .isEqualTo(new PushOutcome.Refused(Reason.ADDRESS_REFUSED));
    }

    @Test
    void sendsWithTheKeyThatTheSubscriptionWasMadeWith() {
        var older = device("en");
        var newer = secrets.vapid(Sender.APPLICATION, "2027-01-01");
        awaitKeys(List.of(newer, serverKey));

        assertThat(sender.send(Sender.push(Kind.CLOSED), older)).isInstanceOf(PushOutcome.Accepted.class);
        assertThat(only().header("authorization")).endsWith("k=" + serverKey);

        secrets.remove("push/" + Sender.APPLICATION + "/vapid/2026-11-01.json");
        awaitKeys(List.of(newer));
        assertThat(sender.send(Sender.push(Kind.CLOSED), older)).isEqualTo(new PushOutcome.Refused(Reason.KEY_UNKNOWN));
    }

    @Test
    void isOffWithoutKey() {
        secrets.remove("push/" + Sender.APPLICATION + "/vapid/2026-11-01.json");
        awaitKeys(List.of());

        assertThat(sender.send(Sender.push(Kind.CLOSED), device("en")))
                .isEqualTo(new PushOutcome.Later(null, Reason.CHANNEL_OFF));
        assertThat(sender.mounted.on(Sender.APPLICATION, Channel.WEB_PUSH)).isFalse();
    }

    @Test
    void holdsPushesBackWhileServiceFails() {
        try (var careful = Sender.of(
                secrets,
                URI.create("http://127.0.0.1:9"),
                new ApnsSettings("127.0.0.1", 9, null),
                new CircuitSettings(Duration.ofMinutes(1), 4, 50, Duration.ofSeconds(2), 1))) {
            service.reply(_ -> Reply.of(503));
            for (int i = 0; i < 4; i++) {
                careful.send(Sender.push(Kind.CLOSED), device("en"));
            }

            assertThat(careful.send(Sender.push(Kind.CLOSED), device("en")))
                    .isInstanceOfSatisfying(PushOutcome.Later.class, later -> {
                        assertThat(later.reason()).isEqualTo(Reason.CIRCUIT_OPEN);
                        assertThat(later.retryAfter()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(2));
                    });
            assertThat(service.received()).hasSize(4);
            assertThat(careful.metrics.get("notifier.push.circuit").gauge().value())
                    .isGreaterThanOrEqualTo(0.5);

            service.reply(_ -> Reply.of(201));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> careful.send(Sender.push(Kind.CLOSED), device("en")) instanceof PushOutcome.Accepted);
        }
    }

    @Test
    void holdsHostThatNobodyKnowsAgainstNobody() {
        try (var careful = Sender.of(
                secrets,
                URI.create("http://127.0.0.1:9"),
                new ApnsSettings("127.0.0.1", 9, null),
                new CircuitSettings(Duration.ofMinutes(1), 1, 1, Duration.ofSeconds(30), 1))) {
            var invented = device("en", "https://push.example/x", serverKey);

            assertThat(careful.send(Sender.push(Kind.CLOSED), invented))
                    .isEqualTo(new PushOutcome.Later(null, Reason.ADDRESS_REFUSED));
            assertThat(careful.metrics.get("notifier.push.circuit").gauge().value())
                    .isZero();
        }
    }

    private void awaitKeys(List<String> keys) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sender.mounted.serverKeys(Sender.APPLICATION).equals(keys));
    }

    private Received only() {
        assertThat(service.received()).hasSize(1);
        return service.received().getFirst();
    }

    private JsonNode read(Received received) throws GeneralSecurityException {
        return new JsonMapper().readTree(browser.decrypt(received.body()));
    }

    private Device device(String locale) {
        return device(locale, service.uri("/subscription").toString(), serverKey);
    }

    private Device device(String locale, String endpoint, String key) {
        return Sender.device(
                Channel.WEB_PUSH,
                locale,
                new Address.Subscription(
                        Secret.of(endpoint), Secret.of(p256dh), Secret.of(PushSecrets.encoded(auth)), key));
    }
}
