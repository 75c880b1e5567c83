package dev.borrowerjourney.notifier.device;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeviceIT {

    static final PartnerIdentity IDENTITY = SharedNotifier.IDENTITY;
    static final JsonMapper JSON = new JsonMapper();
    static final String P256DH = PushSecrets.publicKey(PushSecrets.newKeys());
    static final String AUTH = PushSecrets.encoded(new byte[16]);

    final PushSecrets secrets = SharedNotifier.SECRETS;
    final String serverKey = SharedNotifier.SERVER_KEY;
    final RunningNotifier notifier = SharedNotifier.running();
    final Devices devices = notifier.bean(Devices.class);
    final String borrower = "CUST_" + UUID.randomUUID();
    final String device = UUID.randomUUID().toString();
    final String token = UUID.randomUUID().toString().replace("-", "").repeat(2);

    @Test
    void keepsDeviceOfBorrower() {
        var answer = put(borrower, device, apns(token));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("registerAnew").asBoolean()).isFalse();
        assertThat(devices.of(APPLICATION, keyOf(borrower))).singleElement().satisfies(kept -> {
            assertThat(kept.deviceId()).isEqualTo(device);
            assertThat(kept.locale()).isEqualTo(Locale.forLanguageTag("hi-IN"));
            assertThat(kept.address()).isInstanceOfSatisfying(Address.Token.class, address -> assertThat(
                            address.token().reveal())
                    .isEqualTo(token));
        });
        assertThat(json(call("GET", borrower, device, "")).path("timeZone").asString())
                .isEqualTo("Asia/Kolkata");
    }

    @Test
    void keepsSubscriptionAsBrowserWritesIt() {
        var endpoint = "https://fcm.googleapis.com/fcm/send/" + UUID.randomUUID();

        var answer = put(borrower, device, webPush(endpoint, ", \"serverKey\": \"" + serverKey + "\""));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("webPushKey").asString()).isEqualTo(serverKey);
        assertThat(devices.find(APPLICATION, device).orElseThrow().address())
                .isInstanceOfSatisfying(Address.Subscription.class, kept -> {
                    assertThat(kept.endpoint().reveal()).isEqualTo(endpoint);
                    assertThat(kept.p256dh().reveal()).isEqualTo(P256DH);
                    assertThat(kept.auth().reveal()).isEqualTo(AUTH);
                    assertThat(kept.serverKey()).isEqualTo(serverKey);
                });
    }

    @Test
    void sealsAddress() {
        put(borrower, device, apns(token));

        var row = JdbcClient.create(TestDatabase.shared().as("bj_notifier"))
                .sql("SELECT device::text, sealed_address FROM notification.device WHERE device_id = ?")
                .param(device)
                .query((found, _) -> found.getString(1) + new String(found.getBytes(2), StandardCharsets.ISO_8859_1))
                .single();

        assertThat(row).doesNotContain(token);
        assertThat(devices.find(APPLICATION, device).orElseThrow().toString()).doesNotContain(token);
    }

    @Test
    void movesDeviceToWhoeverLoggedInLast() {
        var other = "CUST_" + UUID.randomUUID();
        put(borrower, device, apns(token));

        assertThat(put(other, device, apns(token)).statusCode()).isEqualTo(200);

        assertThat(devices.of(APPLICATION, keyOf(borrower))).isEmpty();
        assertThat(devices.of(APPLICATION, keyOf(other))).hasSize(1);
        assertThat(call("DELETE", borrower, device, "").statusCode()).isEqualTo(404);
        assertThat(call("GET", borrower, device, "").statusCode()).isEqualTo(404);
    }

    /** An app that was installed anew has another device id, and the address it had. */
    @Test
    void movesAddressToDeviceThatToldItLast() {
        var other = "CUST_" + UUID.randomUUID();
        put(borrower, device, apns(token));

        put(other, UUID.randomUUID().toString(), apns(token));

        assertThat(devices.of(APPLICATION, keyOf(borrower))).isEmpty();
        assertThat(devices.of(APPLICATION, keyOf(other))).hasSize(1);
    }

    /** Apps register at each start; a change that is heard after that was before it. */
    @Test
    void countsOwnershipFromTheFirstRegistrationOfTheOwner() {
        put(borrower, device, apns(token));
        var first = ownedSince();
        put(borrower, device, apns(anyToken()));
        assertThat(ownedSince()).isEqualTo(first);

        put("CUST_" + UUID.randomUUID(), device, apns(token));
        var second = ownedSince();
        assertThat(second).isAfter(first);
        put(borrower, device, apns(token));
        assertThat(ownedSince()).isAfter(second);
    }

    @Test
    void keepsOneOwnerWhenAllRegisterAtOnce() {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> all.submit(() -> put(
                                    "CUST_" + UUID.randomUUID(),
                                    i % 2 == 0 ? device : UUID.randomUUID().toString(),
                                    apns(token))
                            .statusCode()))
                    .toList();
            // 404 tells one that its device has moved on before it was shown.
            assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isIn(200, 404));
        }

        var owners = JdbcClient.create(TestDatabase.shared().as("bj_notifier"))
                .sql("SELECT count(*) FROM notification.device WHERE registered_at > now() - INTERVAL '1 hour'"
                        + " AND address_hash = (SELECT sha256(convert_to('APNS' || chr(31) || ?, 'UTF8')))")
                .param(token)
                .query(Long.class)
                .single();
        assertThat(owners).isEqualTo(1);
    }

    @Test
    void letsGoTheLongestNotRegisteredBeyondTheCap() {
        put(borrower, device, apns(token));
        for (int i = 0; i < SharedNotifier.MOST_DEVICES; i++) {
            put(borrower, UUID.randomUUID().toString(), apns(anyToken()));
        }

        assertThat(devices.of(APPLICATION, keyOf(borrower)))
                .hasSize(SharedNotifier.MOST_DEVICES)
                .noneMatch(kept -> kept.deviceId().equals(device));
    }

    @Test
    void forgetsDeviceAtLogout() {
        put(borrower, device, apns(token));

        assertThat(call("DELETE", borrower, device, "").statusCode()).isEqualTo(204);

        assertThat(devices.find(APPLICATION, device)).isEmpty();
        assertThat(call("DELETE", borrower, device, "").statusCode()).isEqualTo(404);
    }

    @Test
    void forgetsWhatIsGoneUnlessItCameBack() {
        put(borrower, device, apns(token));
        var before = devices.find(APPLICATION, device).orElseThrow();
        put(borrower, device, apns(anyToken()));

        devices.gone(before);
        assertThat(devices.find(APPLICATION, device)).isPresent();

        devices.gone(devices.find(APPLICATION, device).orElseThrow());
        assertThat(devices.find(APPLICATION, device)).isEmpty();
    }

    @Test
    void refusesWhatCannotBeUsed() {
        var answer = put(borrower, device, webPush("https://169.254.169.254/x", ""));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").asString()).endsWith("device-unfit");
        assertThat(put(borrower, "short", apns(token)).statusCode()).isEqualTo(422);
    }

    @Test
    void namesChannelThatIsOff() {
        var answer = put(borrower, device, "{\"channel\":\"FCM\",\"token\":\"" + token + "\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").asString()).endsWith("channel-off");
        assertThat(json(answer).path("detail").asString()).contains("FCM");
    }

    @Test
    void refusesWhatIsNoJsonOrTooMuch() {
        assertThat(put(borrower, device, "no json").statusCode()).isEqualTo(400);
        assertThat(put(borrower, device, "{\"token\":\"" + "a".repeat(300_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(call("POST", borrower, device, "{}").statusCode()).isEqualTo(405);
        assertThat(notifier.call("PUT", "/v1/devices/" + device, "no token", "{}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void asksToRegisterAnewOnlyWhenTheKeyIsTakenAway() {
        try {
            asksToRegisterAnew();
        } finally {
            // Others share these secrets.
            secrets.remove("push/" + APPLICATION + "/vapid/2027-01-01.json");
            secrets.remove("push/" + APPLICATION + "/vapid/2027-02-01.json");
            awaitKey(serverKey);
        }
    }

    private void asksToRegisterAnew() {
        var first = secrets.vapid(APPLICATION, "2027-01-01");
        awaitKey(first);
        put(borrower, device, webPush("https://web.push.apple.com/" + UUID.randomUUID(), ""));

        var second = secrets.vapid(APPLICATION, "2027-02-01");
        awaitKey(second);
        assertThat(json(call("GET", borrower, device, "")).path("registerAnew").asBoolean())
                .isFalse();

        secrets.remove("push/" + APPLICATION + "/vapid/2027-01-01.json");
        Awaitility.await("the key to be taken away")
                .atMost(Duration.ofSeconds(60))
                .until(() -> json(call("GET", borrower, device, ""))
                        .path("registerAnew")
                        .asBoolean());
        var refused = put(
                borrower,
                device,
                webPush("https://web.push.apple.com/" + UUID.randomUUID(), ", \"serverKey\": \"" + first + "\""));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("webPushKey").asString()).isEqualTo(second);
    }

    private OffsetDateTime ownedSince() {
        return JdbcClient.create(TestDatabase.shared().as("bj_notifier"))
                .sql("SELECT owned_since FROM notification.device WHERE device_id = ?")
                .param(device)
                .query(OffsetDateTime.class)
                .single();
    }

    private void awaitKey(String key) {
        Awaitility.await("the new key").atMost(Duration.ofSeconds(60)).until(() -> json(notifier.call(
                        "GET", "/v1/devices/web-push-key", IDENTITY.token(borrower), ""))
                .path("webPushKey")
                .asString()
                .equals(key));
    }

    private static String apns(String token) {
        return """
                {"channel": "APNS", "token": "%s", "locale": "hi-IN", "timeZone": "Asia/Kolkata"}
                """.formatted(token);
    }

    private static String webPush(String endpoint, String more) {
        return """
                {"channel": "WEB_PUSH", "subscription": {"endpoint": "%s", "expirationTime": null,
                 "keys": {"p256dh": "%s", "auth": "%s"}}, "locale": "en-IN"%s}
                """.formatted(endpoint, P256DH, AUTH, more);
    }

    private static String anyToken() {
        return UUID.randomUUID().toString().replace("-", "").repeat(2);
    }

    private HttpResponse<String> put(String asBorrower, String deviceId, String body) {
        return call("PUT", asBorrower, deviceId, body);
    }

    private HttpResponse<String> call(String method, String asBorrower, String deviceId, String body) {
        return notifier.call(method, "/v1/devices/" + deviceId, IDENTITY.token(asBorrower), body);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
