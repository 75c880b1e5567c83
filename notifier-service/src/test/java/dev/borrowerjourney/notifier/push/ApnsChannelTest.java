package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.eatthepath.pushy.apns.server.RejectionReason;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.device.Device;
import dev.borrowerjourney.notifier.push.PushOutcome.Reason;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ApnsChannelTest {

    static final CircuitSettings PATIENT =
            new CircuitSettings(Duration.ofMinutes(1), 100, 50, Duration.ofSeconds(30), 3);

    static ApnsStandIn apple;
    static PushSecrets secrets;
    static Sender sender;

    final String token = UUID.randomUUID().toString().replace("-", "").repeat(2);
    final Device device = Sender.device(Channel.APNS, "en", token);

    @BeforeAll
    static void start() throws IOException, GeneralSecurityException {
        apple = new ApnsStandIn();
        secrets = apple.mount(PushSecrets.create());
        sender = Sender.of(secrets, URI.create("http://127.0.0.1:9"), apple.settings(), PATIENT);
    }

    @AfterAll
    static void stop() {
        sender.close();
        apple.close();
    }

    @BeforeEach
    void register() {
        apple.register(token);
    }

    @Test
    void sendsTextAndReferencesAndNothingElse() {
        var push = Sender.push(Kind.ACTION_REQUIRED);

        assertThat(sender.send(push, device))
                .isEqualTo(new PushOutcome.Accepted(push.notificationId().toString()));

        var received = apple.received().getLast();
        assertThat(received.header("apns-collapse-id")).isEqualTo(push.journey().value());
        assertThat(received.header("apns-topic")).isEqualTo(ApnsStandIn.TOPIC);
        assertThat(received.header("apns-push-type")).isEqualTo("alert");
        assertThat(received.header("apns-priority")).isEqualTo("10");
        assertThat(Long.parseLong(received.header("apns-expiration")))
                .isBetween(
                        Instant.now().plusSeconds(3500).getEpochSecond(),
                        Instant.now().plusSeconds(3700).getEpochSecond());
        var payload = new JsonMapper().readTree(received.payload());
        assertThat(payload.propertyNames()).containsExactlyInAnyOrder("aps", "journey", "notificationId");
        assertThat(payload.at("/aps/alert/title").asString()).isEqualTo("Your next step is ready");
    }

    /** Apple reads what passes it, and must not learn who was given a loan. */
    @Test
    void tellsAppleNothingOfHowAJourneyEnded() {
        for (var kind : Sender.ENDINGS) {
            sender.send(Sender.push(kind), device);
        }

        var received = List.copyOf(apple.received());
        assertThat(received.subList(received.size() - Sender.ENDINGS.size(), received.size()))
                .extracting(push -> Sender.withoutIds(push.payload()))
                .containsOnly(Sender.withoutIds(received.getLast().payload()));
    }

    @Test
    void givesUpDeviceThatIsUnregistered() {
        apple.expire(token, device.registeredAt().plusSeconds(1));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isEqualTo(new PushOutcome.Gone());
    }

    @Test
    void keepsDeviceThatRegisteredAfterItWasGone() {
        apple.expire(token, device.registeredAt().minusSeconds(60));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Refused(Reason.ADDRESS_REFUSED));
    }

    @Test
    void keepsDeviceOfTheOtherEnvironment() {
        var unknown = Sender.device(Channel.APNS, "en", "ab".repeat(32));

        assertThat(sender.send(Sender.push(Kind.CLOSED), unknown))
                .isEqualTo(new PushOutcome.Refused(Reason.ADDRESS_REFUSED));
    }

    @ParameterizedTest
    @CsvSource({
        "TOO_MANY_REQUESTS,RATE_LIMITED",
        "SERVICE_UNAVAILABLE,PROVIDER_FAILED",
        "INTERNAL_SERVER_ERROR,PROVIDER_FAILED",
        "INVALID_PROVIDER_TOKEN,CREDENTIALS_REFUSED",
        "BAD_TOPIC,CREDENTIALS_REFUSED",
        "MISSING_TOPIC,CREDENTIALS_REFUSED",
        "TOPIC_DISALLOWED,CREDENTIALS_REFUSED",
        "IDLE_TIMEOUT,PROVIDER_FAILED"
    })
    void comesBackLater(String rejection, Reason reason) {
        apple.rejectNext(rejectionOf(rejection));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isEqualTo(new PushOutcome.Later(null, reason));
    }

    @ParameterizedTest
    @CsvSource({"BAD_MESSAGE_ID", "PAYLOAD_TOO_LARGE", "BAD_EXPIRATION_DATE"})
    void neverRepeatsWhatIsWrong(String rejection) {
        apple.rejectNext(rejectionOf(rejection));

        assertThat(sender.send(Sender.push(Kind.CLOSED), device))
                .isEqualTo(new PushOutcome.Refused(Reason.PUSH_REFUSED));
    }

    @Test
    void signsAnewWhenItsTokenHasExpired() {
        apple.rejectNext(RejectionReason.EXPIRED_PROVIDER_TOKEN);

        assertThat(sender.send(Sender.push(Kind.CLOSED), device)).isInstanceOf(PushOutcome.Accepted.class);
    }

    @Test
    void takesUpNewKey() {
        apple.mount(secrets, PushSecrets.newKeys());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sender.send(Sender.push(Kind.CLOSED), device)
                .equals(new PushOutcome.Later(null, Reason.CREDENTIALS_REFUSED)));

        apple.mount(secrets);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> sender.send(Sender.push(Kind.CLOSED), device) instanceof PushOutcome.Accepted);
    }

    @Test
    void survivesAppleBeingAway() {
        try (var lonely = Sender.of(apple.mount(PushSecrets.create()))) {
            assertThat(lonely.send(Sender.push(Kind.CLOSED), device))
                    .isEqualTo(new PushOutcome.Later(null, Reason.NO_ANSWER));
        }
    }

    private static RejectionReason rejectionOf(String name) {
        return Arrays.stream(RejectionReason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
