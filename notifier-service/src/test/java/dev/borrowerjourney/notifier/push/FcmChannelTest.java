package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.Peer.Reply;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushProperties.ApnsSettings;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class FcmChannelTest {

    static final String FILE = "push/" + Sender.APPLICATION + "/fcm.json";

    final FcmStandIn firebase = new FcmStandIn();
    final PushSecrets secrets = PushSecrets.create().write(FILE, firebase.serviceAccount());
    final Sender sender = Sender.of(
            secrets,
            firebase.uri(),
            new ApnsSettings("127.0.0.1", 9, null),
            new CircuitSettings(Duration.ofMinutes(1), 100, 50, Duration.ofSeconds(30), 3));
    final String token = "fcm:" + UUID.randomUUID();
    final Device device = Sender.device(Channel.FCM, "hi", token);

    @AfterEach
    void stop() {
        sender.close();
        firebase.close();
    }

    @Test
    void sendsTextAndReferencesAndNothingElse() {
        var push = Sender.push(Kind.EXPIRED);

        assertThat(sender.send(push, device))
                .isEqualTo(new PushOutcome.Accepted("projects/" + FcmStandIn.PROJECT + "/messages/0:1"));

        var message =
                new JsonMapper().readTree(firebase.messages().getFirst().text()).path("message");
        assertThat(message.path("token").asString()).isEqualTo(token);
        assertThat(message.path("notification").path("title").asString()).isEqualTo("आपके अनुरोध पर नई जानकारी है");
        assertThat(message.path("data").propertyNames()).containsExactlyInAnyOrder("journey", "notificationId");
        assertThat(message.path("android").path("collapse_key").asString())
                .isEqualTo(push.journey().value());
        assertThat(message.path("android").path("ttl").asString()).isEqualTo("3600s");
        assertThat(message.path("android").path("priority").asString()).isEqualTo("HIGH");
        assertThat(message.at("/webpush/headers/Topic").asString())
                .isEqualTo(push.journey().value());
        assertThat(message.at("/webpush/notification/tag").asString())
                .isEqualTo(push.journey().value());
        assertThat(Long.parseLong(message.at("/apns/headers/apns-expiration").asString()))
                .isBetween(
                        Instant.now().plusSeconds(3500).getEpochSecond(),
                        Instant.now().plusSeconds(3700).getEpochSecond());
    }

    /** Google reads what passes it, and must not learn who was given a loan. */
    @Test
    void tellsGoogleNothingOfHowAJourneyEnded() {
        for (var kind : Sender.ENDINGS) {
            sender.send(Sender.push(kind), device);
        }

        assertThat(firebase.messages())
                .hasSize(Sender.ENDINGS.size())
                .extracting(message -> Sender.withoutIds(message.text()).replaceAll("\\d{10}", "<time>"))
                .containsOnly(
                        Sender.withoutIds(firebase.messages().getFirst().text()).replaceAll("\\d{10}", "<time>"));
    }

    @Test
    void fetchesOneTokenForAll() {
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = IntStream.range(0, 20)
                    .mapToObj(_ -> all.submit(() -> sender.send(Sender.push(Kind.CLOSED), device)))
                    .toList();
            assertThat(sent).allSatisfy(one -> assertThat(one.get()).isInstanceOf(PushOutcome.Accepted.class));
        }

        assertThat(firebase.messages()).hasSize(20);
        assertThat(firebase.grants()).hasSize(1);
    }

    @Test
    void fetchesAnotherTokenWhenOneIsRefused() {
        sender.send(Sender.push(Kind.CLOSED), device);
        firebase.revokeTokens();

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED));
        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isInstanceOf(PushOutcome.Accepted.class);
    }

    @Test
    void givesUpDeviceThatIsNotRegistered() {
        firebase.reply(_ -> FcmStandIn.error(404, "UNREGISTERED"));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isEqualTo(new PushOutcome.Gone());
    }

    /** A wrong project would otherwise cost every device. */
    @Test
    void waitsForProjectThatIsNotFound() {
        firebase.reply(_ -> Reply.of(404));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED));
    }

    @Test
    void findsCodeAmongOtherDetails() {
        firebase.reply(_ -> new Reply(404, Map.of(), """
                {"error": {"code": 404, "details": [{"@type": "type.googleapis.com/google.rpc.BadRequest"},
                 {"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "UNREGISTERED"}]}}
                """));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isEqualTo(new PushOutcome.Gone());
    }

    /** It is Firebase's key for Apple or a browser that is refused then. */
    @Test
    void keepsTokenWhenAnotherPartyIsRefused() {
        firebase.reply(_ -> FcmStandIn.error(401, "THIRD_PARTY_AUTH_ERROR"));

        for (int i = 0; i < 2; i++) {
            assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                    .isEqualTo(new PushOutcome.Later(Duration.ofSeconds(30), Reason.CREDENTIALS_REFUSED));
        }

        assertThat(firebase.grants()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"400,INVALID_ARGUMENT,PUSH_REFUSED", "403,SENDER_ID_MISMATCH,ADDRESS_REFUSED"})
    void neverRepeatsWhatIsWrong(int status, String code, Reason reason) {
        firebase.reply(_ -> FcmStandIn.error(status, code));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isEqualTo(new PushOutcome.Refused(reason));
    }

    @ParameterizedTest
    @CsvSource({
        "429,QUOTA_EXCEEDED,RATE_LIMITED",
        "503,UNAVAILABLE,PROVIDER_FAILED",
        "500,INTERNAL,PROVIDER_FAILED",
        "403,THIRD_PARTY_AUTH_ERROR,CREDENTIALS_REFUSED"
    })
    void comesBackWhenAskedTo(int status, String code, Reason reason) {
        firebase.reply(_ -> FcmStandIn.error(status, code));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(Duration.ofSeconds(30), reason));
    }

    @Test
    void survivesCutAndNonsense() {
        firebase.reply(_ -> Reply.CUT);
        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(null, Reason.NO_ANSWER));

        firebase.reply(_ -> new Reply(503, Map.of(), "<html>"));
        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(null, Reason.PROVIDER_FAILED));
    }

    @Test
    void waitsForTokenEndpointThatFails() {
        firebase.replyToGrant(_ -> Reply.of(503));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(null, Reason.NO_ANSWER));
        assertThat(firebase.messages()).isEmpty();
    }

    /** The lease of a notification rests on it. */
    @Test
    void takesNoLongerForTokenAndMessageThanForOneCall() {
        firebase.reply(_ -> Reply.SILENCE);
        firebase.holdGrant(Duration.ofSeconds(3));
        try (var hasty = Sender.of(
                secrets,
                firebase.uri(),
                new ApnsSettings("127.0.0.1", 9, null),
                new CircuitSettings(Duration.ofMinutes(1), 100, 50, Duration.ofSeconds(30), 3),
                Duration.ofSeconds(4))) {
            var began = System.nanoTime();

            assertThat(hasty.send(Sender.push(Kind.CLOSED), device))
                    .isEqualTo(new PushOutcome.Later(null, Reason.NO_ANSWER));

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(6500));
            assertThat(firebase.messages()).hasSize(1);
        }
    }

    @Test
    void takesUpNewCredentials() {
        try (var other = new FcmStandIn()) {
            // Its account is signed with a key that the first one does not know.
            secrets.write(
                    FILE,
                    other.serviceAccount()
                            .replace(other.uri().toString(), firebase.uri().toString()));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sender.send(Sender.push(Kind.CLOSED), device)
                    .equals(new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED)));

            secrets.write(FILE, firebase.serviceAccount());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> sender.send(Sender.push(Kind.CLOSED), device) instanceof PushOutcome.Accepted);
        }
    }

    @Test
    void isOffWithoutCredentials() {
        secrets.remove(FILE);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> !sender.mounted.on(Sender.APPLICATION, Channel.FCM));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Later(null, Reason.CHANNEL_OFF));
    }
}
