package dev.borrowerjourney.notifier.push;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static dev.borrowerjourney.notifier.testing.RunningNotifier.keyOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.borrowerjourney.defaults.command.UsageException;
import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.device.Devices;
import dev.borrowerjourney.notifier.push.Peer.Received;
import dev.borrowerjourney.notifier.push.Peer.Reply;
import dev.borrowerjourney.notifier.testing.Changes;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a change in the log to a browser, with nothing in between replaced. */
class PushIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final Peer SERVICE = Peer.start(_ -> Reply.of(201));
    static final byte[] AUTH = new byte[16];

    static ReadModel model;
    static RunningNotifier notifier;
    static Changes changes;
    static OperatorJar jar;

    final KeyPair browser = PushSecrets.newKeys();
    final String borrower = "CUST_" + UUID.randomUUID();
    final String device = UUID.randomUUID().toString();
    final String journey = "jrn_" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        model = ReadModel.in(TestDatabase.shared().as("bj_projector"));
        var secrets = PushSecrets.create();
        secrets.vapid(APPLICATION, "2026-11-01");
        // What cannot be used takes its channel away, and neither the others nor the start.
        secrets.write("push/" + APPLICATION + "/fcm.json", "no json");
        var broker = TestBroker.shared().bootstrapServers();
        var registry = TestRegistry.shared().url();
        notifier = RunningNotifier.start(
                broker,
                registry,
                TestDatabase.shared(),
                IDENTITY,
                "--notifier.secrets-directory=" + secrets.directory(),
                "--notifier.push.web-push.contact=mailto:push@partner.example",
                "--notifier.devices.allow-plain-http=true",
                "--notifier.notification.kinds.rejected.after=1s");
        changes = new Changes(broker, registry);
        jar = OperatorJar.of(
                "notifier-service",
                Map.of(
                        "NOTIFIER_SECRETSDIRECTORY",
                        secrets.directory().toString(),
                        "NOTIFIER_APPLICATIONS_0_APPLICATIONID",
                        APPLICATION.toString(),
                        "NOTIFIER_IDENTITY_ISSUER",
                        IDENTITY.issuer(),
                        "NOTIFIER_IDENTITY_JWKSURI",
                        IDENTITY.jwksUri(),
                        "NOTIFIER_IDENTITY_ALLOWPLAINHTTP",
                        "true",
                        "NOTIFIER_PUSH_WEBPUSH_CONTACT",
                        "mailto:push@partner.example",
                        "NOTIFIER_DEVICES_ALLOWPLAINHTTP",
                        "true",
                        "SPRING_DATASOURCE_URL",
                        TestDatabase.shared().url()));
    }

    @AfterAll
    static void stop() {
        changes.close();
        notifier.close();
        IDENTITY.close();
        SERVICE.close();
    }

    @Test
    void tellsBrowserOfWhatNobodyHasShown() throws GeneralSecurityException {
        register();

        reject();

        await().atMost(Duration.ofSeconds(90)).until(() -> outcome().equals("ACCEPTED"));
        assertThat(received()).hasSize(1);
        var push = read(received().getFirst());
        assertThat(push.path("kind").asString()).isEqualTo("REJECTED");
        assertThat(push.path("title").asString()).isEqualTo("आपके अनुरोध पर नई जानकारी है");
        assertThat(push.path("journey").asString())
                .isEqualTo(JourneyReference.of(keyOf(borrower), journey).value());
        assertThat(push.toString()).doesNotContain(journey, borrower);
    }

    @Test
    void keepsSilentAboutWhatTheBorrowerDoesNotWant() {
        register();
        notifier.call("PUT", "/v1/notification-preferences", IDENTITY.token(borrower), """
                {"channels": {"WEB_PUSH": {"REJECTED": false}}}
                """);

        reject();

        await().atMost(Duration.ofSeconds(90)).until(() -> outcome().equals("TURNED_OFF"));
        assertThat(received()).isEmpty();
    }

    @Test
    void forgetsBrowserThatIsGone() {
        SERVICE.reply(request -> Reply.of(request.path().endsWith(device) ? 410 : 201));
        register();

        reject();

        await().atMost(Duration.ofSeconds(90)).until(() -> outcome().equals("GONE"));
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        notifier.bean(Devices.class).find(APPLICATION, device).isEmpty());
    }

    /** Without a broker, and without a journey. */
    @Test
    void reachesBrowserByOperatorsCommand() throws GeneralSecurityException {
        register();

        var ended = jar.run("send-test", "--device", device, "--kind", "CLOSED", "--by", "ops-7", "--why", "INC-1");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("WEB_PUSH ACCEPTED\n");
        assertThat(ended.audit()).singleElement().asString().contains(device, "ops-7", "ACCEPTED");
        assertThat(received()).hasSize(1);
        assertThat(read(received().getFirst()).path("kind").asString()).isEqualTo("CLOSED");
    }

    @Test
    void tellsOperatorWhatWentWrong() throws IOException {
        var command = notifier.bean(SendTestCommand.class);

        assertThat(command.run(List.of("--device", device, "--by", "ops-7", "--why", "INC-1"), System.out))
                .isEqualTo(1);
        assertThatThrownBy(() -> command.run(
                        List.of("--device", device, "--kind", "HELLO", "--by", "ops-7", "--why", "INC-1"), System.out))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("HELLO");
    }

    @Test
    void tellsWhichChannelsThereAre() {
        assertThat(notifier.health("/push").body())
                .contains(
                        "\"WEB_PUSH\":\"on\"",
                        "\"FCM\":\"off: push/" + APPLICATION + "/fcm.json: unreadable",
                        "\"APNS\":\"off: no credentials\"");
        assertThat(notifier.metrics())
                .containsPattern("notifier_push_credentials_refused\\{.*channel=\"FCM\"} 1")
                .containsPattern("notifier_push_credentials_refused\\{.*channel=\"WEB_PUSH\"} 0");
    }

    private void register() {
        var answer = notifier.call("PUT", "/v1/devices/" + device, IDENTITY.token(borrower), """
                {"channel": "WEB_PUSH", "locale": "hi-IN", "subscription": {"endpoint": "%s", "keys": {"p256dh": "%s", "auth": "%s"}}}
                """.formatted(
                        SERVICE.uri("/" + device), PushSecrets.publicKey(browser), PushSecrets.encoded(AUTH)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void reject() {
        model.keep(keyOf(borrower), APPLICATION, journey, 2, "REJECTED", "null");
        changes.publish(keyOf(borrower), APPLICATION, journey, 2, "REJECTED");
    }

    private List<Received> received() {
        return SERVICE.received().stream()
                .filter(request -> request.path().equals("/" + device))
                .toList();
    }

    private JsonNode read(Received push) throws GeneralSecurityException {
        return new JsonMapper().readTree(WebPushReceiver.of(browser, AUTH).decrypt(push.body()));
    }

    /** How the notification ended; nothing while it has not. */
    private String outcome() {
        return JdbcClient.create(TestDatabase.shared().as("bj_notifier"))
                .sql("SELECT outcome FROM notification.notification WHERE device_id = ? AND outcome IS NOT NULL")
                .param(device)
                .query(String.class)
                .optional()
                .orElse("");
    }
}
