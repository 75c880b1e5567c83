package dev.borrowerjourney.notifier.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.borrowerjourney.defaults.problem.ProblemException;
import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.notifier.problem.HttpProblem;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationBodyTest {

    static final String SERVER_KEY = PushSecrets.publicKey(PushSecrets.newKeys());
    static final String POINT = PushSecrets.publicKey(PushSecrets.newKeys());
    static final String AUTH = PushSecrets.encoded(new byte[16]);
    static final String ENDPOINT = "https://web.push.apple.com/x";
    static final String TOKEN = "ab".repeat(32);

    final PushServices services = new PushServices(
            List.of(
                    "fcm.googleapis.com",
                    "updates.push.services.mozilla.com",
                    "*.push.services.mozilla.com",
                    "*.notify.windows.com",
                    "web.push.apple.com",
                    "*.push.apple.com"),
            false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://fcm.googleapis.com/x",
                "https://fcm.googleapis.com:8443/x",
                "https://fcm.googleapis.com@169.254.169.254/x",
                "https://user@fcm.googleapis.com/x",
                "https://fcm.googleapis.com.example/x",
                "https://fcm.googleapis.com./x",
                "https://notify.windows.com/x",
                "https://x.notify.windows.com.evil.example/x",
                "https://evilpush.apple.com/x",
                "https://169.254.169.254/x",
                "https://[::1]/x",
                "https://localhost/x",
                "http://127.0.0.1:8080/x",
                "https://fcm.googleapis.com/x#y",
                "https://fcm.googleapis.com\\@127.0.0.1/x",
                "https://fcm.googleapis.com%2f@127.0.0.1/x",
                "https://fcm.googleapis.com /x",
                "file:///etc/passwd",
                "https:fcm.googleapis.com",
                "https://",
                "",
            })
    @NullSource
    void refusesEndpointElsewhere(@Nullable String endpoint) {
        refuses(webPush(endpoint, POINT, AUTH));
    }

    @Test
    void refusesEndlessEndpoint() {
        refuses(webPush(ENDPOINT + "x".repeat(2048), POINT, AUTH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://fcm.googleapis.com/fcm/send/a:b",
                "https://updates.push.services.mozilla.com/wpush/v2/x",
                "https://autopush.push.services.mozilla.com/x",
                "https://wns2-sg2p.notify.windows.com/w/?token=a%2bb",
                "https://web.push.apple.com/x",
            })
    void acceptsEndpointOfKnownService(String endpoint) {
        assertThat(checked(webPush(endpoint, POINT, AUTH)).address())
                .isInstanceOfSatisfying(
                        Address.Subscription.class,
                        kept -> assertThat(kept.endpoint().reveal()).isEqualTo(endpoint));
    }

    /** Or one browser would be two devices, of two borrowers perhaps. */
    @ParameterizedTest
    @CsvSource({
        "https://FCM.GoogleAPIs.com/Path?a=B,https://fcm.googleapis.com/Path?a=B",
        "https://fcm.googleapis.com:443/x:443,https://fcm.googleapis.com/x:443",
        "https://fcm.googleapis.com:/x,https://fcm.googleapis.com/x",
        "https://fcm.googleapis.com//x%2fY,https://fcm.googleapis.com//x%2fY"
    })
    void spellsEndpointInOneWay(String sent, String kept) {
        assertThat(checked(webPush(sent, POINT, AUTH)).address())
                .isInstanceOfSatisfying(
                        Address.Subscription.class,
                        address -> assertThat(address.endpoint().reveal()).isEqualTo(kept));
    }

    @Test
    void spellsTokenOfAppleInOneWay() {
        assertThat(checked(new RegistrationBody("APNS", null, null, TOKEN.toUpperCase(Locale.ROOT), null, null))
                        .address())
                .isEqualTo(new Address.Token(Secret.of(TOKEN)));
        var firebase = "fcm:" + TOKEN.toUpperCase(Locale.ROOT);
        assertThat(checked(new RegistrationBody("FCM", null, null, firebase, null, null))
                        .address())
                .isEqualTo(new Address.Token(Secret.of(firebase)));
    }

    @Test
    void refusesKeysThatAreNone() {
        var offTheCurve = new byte[65];
        offTheCurve[0] = 4;
        offTheCurve[64] = 7;

        refuses(webPush(ENDPOINT, PushSecrets.encoded(offTheCurve), AUTH));
        refuses(webPush(ENDPOINT, POINT.substring(4), AUTH));
        refuses(webPush(ENDPOINT, "*".repeat(87), AUTH));
        refuses(webPush(ENDPOINT, null, AUTH));
        refuses(webPush(ENDPOINT, POINT, AUTH.substring(4)));
        refuses(webPush(ENDPOINT, POINT, null));
        refuses(new RegistrationBody("WEB_PUSH", null, null, null, null, null));
    }

    /** Browsers write base64url without padding; some libraries add it. */
    @Test
    void acceptsPaddedKeys() {
        assertThat(checked(webPush(ENDPOINT, POINT + "=", AUTH + "==")).address())
                .isInstanceOfSatisfying(Address.Subscription.class, kept -> {
                    assertThat(kept.p256dh().reveal()).isEqualTo(POINT);
                    assertThat(kept.auth().reveal()).isEqualTo(AUTH);
                    assertThat(kept.serverKey()).isEqualTo(SERVER_KEY);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"not hexadecimal", "abcd", "ab ab"})
    @NullSource
    void refusesTokenThatIsNone(@Nullable String token) {
        refuses(new RegistrationBody("APNS", null, null, token, null, null));
        refuses(new RegistrationBody("FCM", null, null, token, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMS", "apns", ""})
    @NullSource
    void refusesChannelThatThereIsNot(@Nullable String channel) {
        refuses(new RegistrationBody(channel, null, null, TOKEN, null, null));
    }

    @Test
    void speaksEnglishUnlessToldOtherwise() {
        assertThat(checked(new RegistrationBody("APNS", null, null, TOKEN, null, null))
                        .locale())
                .isEqualTo(Locale.ENGLISH);
        assertThat(checked(new RegistrationBody("APNS", null, null, TOKEN, "hi-Deva-IN", null))
                        .locale())
                .isEqualTo(Locale.forLanguageTag("hi-Deva-IN"));
    }

    @Test
    void refusesOddLocaleTimeZoneAndDeviceId() {
        refuses(new RegistrationBody("APNS", null, null, TOKEN, "no such tag", null));
        refuses(new RegistrationBody("APNS", null, null, TOKEN, "", null));
        refuses(new RegistrationBody("APNS", null, null, TOKEN, null, "+05:30"));
        refuses(new RegistrationBody("APNS", null, null, TOKEN, null, "Mars/Olympus"));
        assertThat(RegistrationBody.fitsDevice("short")).isFalse();
        assertThat(RegistrationBody.fitsDevice("../../../../etc/passwd")).isFalse();
        assertThat(RegistrationBody.fitsDevice(UUID.randomUUID().toString())).isTrue();
    }

    @Test
    void printsNoAddress() {
        var body = webPush(ENDPOINT, POINT, AUTH);

        assertThat(body.toString() + checked(body)).doesNotContain(ENDPOINT, POINT, AUTH);
    }

    private Registration checked(RegistrationBody body) {
        return body.checked(UUID.randomUUID().toString(), services, _ -> true, List.of(SERVER_KEY));
    }

    private void refuses(RegistrationBody body) {
        assertThatThrownBy(() -> checked(body))
                .isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.type())
                        .isEqualTo(HttpProblem.DEVICE_UNFIT));
    }

    private static RegistrationBody webPush(@Nullable String endpoint, @Nullable String p256dh, @Nullable String auth) {
        return new RegistrationBody(
                "WEB_PUSH",
                new RegistrationBody.Subscription(endpoint, new RegistrationBody.Keys(p256dh, auth)),
                null,
                null,
                null,
                null);
    }
}
