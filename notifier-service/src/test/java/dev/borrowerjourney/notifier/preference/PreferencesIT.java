package dev.borrowerjourney.notifier.preference;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.push.Kind;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.notifier.testing.SharedNotifier;
import java.net.http.HttpResponse;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PreferencesIT {

    static final PartnerIdentity IDENTITY = SharedNotifier.IDENTITY;
    static final JsonMapper JSON = new JsonMapper();

    final RunningNotifier notifier = SharedNotifier.running();
    final Preferences preferences = notifier.bean(Preferences.class);
    final String borrower = "CUST_" + UUID.randomUUID();

    @Test
    void wantsEverythingAtAnyTimeByDefault() {
        var shown = json(call("GET", ""));

        for (var channel : Channel.values()) {
            for (var kind : Kind.values()) {
                assertThat(shown.path("channels")
                                .path(channel.name())
                                .path(kind.name())
                                .asBoolean())
                        .isTrue();
            }
        }
        assertThat(shown.path("quietHours").isNull()).isTrue();
        assertThat(preferences.of(APPLICATION, keyOf(borrower))).isEqualTo(PreferencesOfBorrower.DEFAULTS);
    }

    @Test
    void keepsWhatIsNotWanted() {
        var answer = put("""
                {"channels": {"FCM": {"CLOSED": false, "EXPIRED": true}},
                 "quietHours": {"from": "22:30", "until": "07:00", "timeZone": "Asia/Kolkata"}}
                """);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(call("GET", "").body()).isEqualTo(answer.body());
        var kept = preferences.of(APPLICATION, keyOf(borrower));
        assertThat(kept.wants(Channel.FCM, Kind.CLOSED)).isFalse();
        assertThat(kept.wants(Channel.FCM, Kind.EXPIRED)).isTrue();
        assertThat(kept.wants(Channel.APNS, Kind.CLOSED)).isTrue();
        assertThat(kept.quietHours())
                .isEqualTo(new QuietHours(LocalTime.of(22, 30), LocalTime.of(7, 0), ZoneId.of("Asia/Kolkata")));
        assertThat(preferences.of(APPLICATION, keyOf("CUST_" + UUID.randomUUID())))
                .isEqualTo(PreferencesOfBorrower.DEFAULTS);
    }

    @Test
    void replacesAllThatWasKept() {
        put("""
                {"channels": {"FCM": {"CLOSED": false}}, "quietHours": {"from": "22:30", "until": "07:00", "timeZone": "UTC"}}
                """);

        assertThat(put("{}").statusCode()).isEqualTo(200);

        assertThat(preferences.of(APPLICATION, keyOf(borrower))).isEqualTo(PreferencesOfBorrower.DEFAULTS);
    }

    @Test
    void takesTimeZoneOfDeviceIfNoneIsSent() {
        var quiet = "{\"quietHours\": {\"from\": \"22:00\", \"until\": \"06:00\"}}";
        assertThat(put(quiet).statusCode()).isEqualTo(422);
        notifier.call("PUT", "/v1/devices/" + UUID.randomUUID(), IDENTITY.token(borrower), """
                {"channel": "WEB_PUSH", "timeZone": "Europe/Paris", "subscription": {"endpoint":
                 "https://web.push.apple.com/%s", "keys": {"p256dh": "%s", "auth": "%s"}}}
                """.formatted(
                UUID.randomUUID(), PushSecrets.publicKey(PushSecrets.newKeys()), PushSecrets.encoded(new byte[16])));

        assertThat(json(put(quiet)).path("quietHours").path("timeZone").asString())
                .isEqualTo("Europe/Paris");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"channels\": {\"SMS\": {}}}",
                "{\"channels\": {\"FCM\": {\"CLOSD\": false}}}",
                "{\"quietHours\": {}}",
                "{\"quietHours\": {\"from\": \"22:00\", \"until\": \"22:00\", \"timeZone\": \"UTC\"}}",
                "{\"quietHours\": {\"from\": \"24:00\", \"until\": \"06:00\", \"timeZone\": \"UTC\"}}",
                "{\"quietHours\": {\"from\": \"22:00\", \"until\": \"06:00\", \"timeZone\": \"+05:30\"}}",
                "{\"quietHours\": {\"from\": \"22:00\", \"until\": \"06:00\", \"timeZone\": \"India\"}}",
            })
    void refusesWhatThereIsNot(String body) {
        var answer = put(body);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).path("type").asString()).endsWith("preferences-unfit");
    }

    @Test
    void refusesStranger() {
        assertThat(notifier.call("GET", "/v1/notification-preferences", "no token", "")
                        .statusCode())
                .isEqualTo(401);
        assertThat(put("no json").statusCode()).isEqualTo(400);
    }

    private HttpResponse<String> put(String body) {
        return call("PUT", body);
    }

    private HttpResponse<String> call(String method, String body) {
        return notifier.call(method, "/v1/notification-preferences", IDENTITY.token(borrower), body);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
