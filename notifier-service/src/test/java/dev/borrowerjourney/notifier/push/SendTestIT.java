package dev.borrowerjourney.notifier.push;

import static dev.borrowerjourney.notifier.testing.RunningNotifier.APPLICATION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.OperatorJar;
import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.notifier.push.Peer.Reply;
import dev.borrowerjourney.notifier.testing.PartnerIdentity;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import dev.borrowerjourney.notifier.testing.ReadModel;
import dev.borrowerjourney.notifier.testing.RunningNotifier;
import dev.borrowerjourney.schemas.testing.TestBroker;
import dev.borrowerjourney.schemas.testing.TestRegistry;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The whole way: a browser registers with the service, and an operator's jar reaches it. */
class SendTestIT {

    static final PartnerIdentity IDENTITY = PartnerIdentity.start();
    static final Peer SERVICE = Peer.start(_ -> Reply.of(201));

    static RunningNotifier notifier;
    static OperatorJar jar;

    final String device = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        ReadModel.in(TestDatabase.shared().as("bj_projector"));
        var secrets = PushSecrets.create();
        secrets.vapid(APPLICATION, "2026-11-01");
        notifier = RunningNotifier.start(
                TestBroker.shared().bootstrapServers(),
                TestRegistry.shared().url(),
                TestDatabase.shared(),
                IDENTITY,
                "--notifier.secrets-directory=" + secrets.directory(),
                "--notifier.push.web-push.contact=mailto:push@partner.example",
                "--notifier.devices.allow-plain-http=true");
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
        notifier.close();
        IDENTITY.close();
        SERVICE.close();
    }

    @Test
    void reachesRegisteredBrowser() throws GeneralSecurityException {
        var keys = PushSecrets.newKeys();
        var auth = new byte[16];
        register(PushSecrets.publicKey(keys), PushSecrets.encoded(auth), "/" + device);

        var ended = jar.run("send-test", "--device", device, "--kind", "CLOSED", "--by", "ops-7", "--why", "INC-1");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out()).isEqualTo("WEB_PUSH ACCEPTED\n");
        assertThat(ended.audit()).singleElement().asString().contains(device, "ops-7", "ACCEPTED");
        var received = SERVICE.received().stream()
                .filter(request -> request.path().equals("/" + device))
                .toList();
        assertThat(received).hasSize(1);
        var read = new JsonMapper()
                .readTree(WebPushReceiver.of(keys, auth)
                        .decrypt(received.getFirst().body()));
        assertThat(read.path("kind").asString()).isEqualTo("CLOSED");
        assertThat(read.path("body").asString()).isNotBlank();
    }

    @Test
    void tellsWhatWentWrong() {
        assertThat(jar.run("send-test", "--device", device, "--by", "ops-7", "--why", "INC-1")
                        .code())
                .isEqualTo(1);
        assertThat(jar.run("send-test", "--device", device, "--kind", "HELLO", "--by", "ops-7", "--why", "INC-1")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void tellsWhichChannelsThereAre() {
        assertThat(notifier.health("/push").body())
                .contains("\"WEB_PUSH\":\"on\"", "\"FCM\":\"off: no credentials\"", "\"APNS\":\"off: no credentials\"");
    }

    private void register(String p256dh, String auth, String path) {
        var answer = notifier.call(
                "PUT", "/v1/devices/" + device, IDENTITY.token("CUST_" + UUID.randomUUID()), """
                {"channel": "WEB_PUSH", "subscription": {"endpoint": "%s", "keys": {"p256dh": "%s", "auth": "%s"}}}
                """.formatted(
                                SERVICE.uri(path), p256dh, auth));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
