package dev.borrowerjourney.notifier.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.notifier.device.Channel;
import dev.borrowerjourney.notifier.push.PushProperties.ApnsSettings;
import dev.borrowerjourney.notifier.push.PushProperties.CircuitSettings;
import dev.borrowerjourney.notifier.push.PushProperties.FcmSettings;
import dev.borrowerjourney.notifier.push.PushProperties.WebPushSettings;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialsTest {

    static final String FOLDER = "push/" + Sender.APPLICATION + "/";
    static final UUID OTHER = UUID.fromString("5f0c3a52-6c0e-4b52-9d55-0a4f1ad0a002");

    static final String KEY = rsa();

    final PushSecrets secrets = PushSecrets.create();

    @Test
    void turnsEachChannelOnByItself() {
        assertThat(channels(Sender.APPLICATION)).isEmpty();

        secrets.vapid(Sender.APPLICATION, "2026-11-01");
        assertThat(channels(Sender.APPLICATION)).containsExactly(Channel.WEB_PUSH);

        secrets.write(FOLDER + "fcm.json", account("https://oauth2.googleapis.com/token"));
        assertThat(channels(Sender.APPLICATION)).containsExactly(Channel.WEB_PUSH, Channel.FCM);
        assertThat(channels(OTHER)).isEmpty();
    }

    @Test
    void takesTheLastKeyByNameForThePresentOne() {
        var later = secrets.vapid(Sender.APPLICATION, "2026-11-01");
        var earlier = secrets.vapid(Sender.APPLICATION, "2026-02-01");

        assertThat(mounted(Sender.CONTACT).serverKeys(Sender.APPLICATION)).containsExactly(later, earlier);
    }

    @Test
    void refusesWhatIsNoPairOfKeys() {
        var other = PushSecrets.publicKey(PushSecrets.newKeys());
        var mine = secrets.vapid(Sender.APPLICATION, "a");
        var file = FOLDER + "vapid/a.json";
        var privateKey = read(file).replaceAll("(?s).*\"privateKey\": \"([^\"]+)\".*", "$1");

        refuses(Channel.WEB_PUSH, file, read(file).replace(mine, other), privateKey);
        refuses(Channel.WEB_PUSH, file, "{\"publicKey\": \"" + mine + "\"}", privateKey);
        refuses(Channel.WEB_PUSH, file, "no json " + privateKey, privateKey);
        refuses(Channel.WEB_PUSH, file, "{\"publicKey\": \"x\", \"privateKey\": \"" + privateKey + "\"}", privateKey);
    }

    @Test
    void refusesTokenEndpointWithoutEncryption() {
        refuses(Channel.FCM, FOLDER + "fcm.json", account("http://oauth2.googleapis.com/token"), "PRIVATE");
        refuses(Channel.FCM, FOLDER + "fcm.json", account("https:oauth2"), "PRIVATE");
    }

    @Test
    void refusesKeysThatSignNothing() {
        secrets.write(FOLDER + "apns/key.json", """
                {"keyId": "KEY0000001", "teamId": "TEAM000001", "topic": "dev.borrowerjourney.app"}""");
        refuses(
                Channel.APNS,
                FOLDER + "apns/key.p8",
                "-----BEGIN PRIVATE KEY-----\nbm90aGluZw==\n-----END PRIVATE KEY-----\n",
                "bm90");
        secrets.remove(FOLDER + "apns/key.json");
        refuses(
                Channel.FCM,
                FOLDER + "fcm.json",
                account("https://oauth2.googleapis.com/token", "bm90aGluZw=="),
                "bm90");
    }

    /** The service starts without one channel, and takes it up once the file is repaired. */
    @Test
    void turnsOffOnlyTheChannelWhoseFileCannotBeUsed() {
        secrets.vapid(Sender.APPLICATION, "a");
        secrets.write(FOLDER + "fcm.json", "no json");
        try (var directory = new SecretDirectory(secrets.directory())) {
            var mounted = mounted(directory, Sender.CONTACT);
            var metrics = new SimpleMeterRegistry();
            mounted.bindTo(metrics);
            var refused = metrics.get("notifier.push.credentials.refused")
                    .tag("application", Sender.APPLICATION.toString())
                    .tag("channel", "FCM")
                    .gauge();

            assertThat(mounted.on(Sender.APPLICATION, Channel.WEB_PUSH)).isTrue();
            assertThat(mounted.on(Sender.APPLICATION, Channel.FCM)).isFalse();
            assertThat(refused.value()).isEqualTo(1);
            assertThat(new PushHealthIndicator(mounted, List.of(Sender.APPLICATION))
                            .health()
                            .getDetails()
                            .toString())
                    .contains("WEB_PUSH=on", "FCM=off: " + FOLDER + "fcm.json: unreadable", "APNS=off: no credentials");

            secrets.write(FOLDER + "fcm.json", account("https://oauth2.googleapis.com/token"));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> mounted.on(Sender.APPLICATION, Channel.FCM) && refused.value() == 0);
        }
    }

    /** One file that was written wrongly must not keep a new key of another channel or application out. */
    @Test
    void takesUpOtherChannelsBesideFileThatCannotBeUsed() {
        var earlier = secrets.vapid(Sender.APPLICATION, "a");
        try (var directory = new SecretDirectory(secrets.directory())) {
            var mounted = mounted(directory, Sender.CONTACT);

            secrets.write(FOLDER + "vapid/a.json", "{}");
            secrets.write(FOLDER + "fcm.json", account("https://oauth2.googleapis.com/token"));
            var other = secrets.vapid(OTHER, "b");

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> mounted.on(Sender.APPLICATION, Channel.FCM)
                            && mounted.serverKeys(OTHER).equals(List.of(other)));
            assertThat(mounted.serverKeys(Sender.APPLICATION)).containsExactly(earlier);
            assertThat(refusal(mounted, Channel.WEB_PUSH)).contains("vapid/a.json");
        }
    }

    @Test
    void asksForContactAndKeyset() {
        secrets.vapid(Sender.APPLICATION, "2026-11-01");

        assertThat(refusal(mounted(null), Channel.WEB_PUSH)).contains("notifier.push.web-push.contact");

        secrets.remove("keyset.json");
        assertThat(refusal(mounted(Sender.CONTACT), Channel.WEB_PUSH)).contains("keyset.json");
    }

    @Test
    void refusesFilesThatOthersMayRead() throws IOException {
        secrets.vapid(Sender.APPLICATION, "a");
        Files.setPosixFilePermissions(
                secrets.directory().resolve(FOLDER + "vapid/a.json"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refusal(mounted(Sender.CONTACT), Channel.WEB_PUSH)).contains("no permission for others");
    }

    @Test
    void printsNothingOfThem() {
        secrets.vapid(Sender.APPLICATION, "a");
        secrets.write(FOLDER + "fcm.json", account("https://oauth2.googleapis.com/token"));

        assertThat(mounted(Sender.CONTACT).of(Sender.APPLICATION).toString())
                .contains("***")
                .doesNotContain("PRIVATE", KEY.substring(30, 60));
    }

    private List<Channel> channels(UUID application) {
        var mounted = mounted(Sender.CONTACT);
        return List.of(Channel.values()).stream()
                .filter(channel -> mounted.on(application, channel))
                .toList();
    }

    private void refuses(Channel channel, String file, String text, String secret) {
        secrets.write(file, text);

        var mounted = mounted(Sender.CONTACT);
        assertThat(mounted.on(Sender.APPLICATION, channel)).isFalse();
        assertThat(refusal(mounted, channel)).contains(file).doesNotContain(secret);
    }

    private static String refusal(MountedCredentials mounted, Channel channel) {
        return mounted.refusal(Sender.APPLICATION, channel).orElse("");
    }

    private String read(String file) {
        try {
            return Files.readString(secrets.directory().resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private MountedCredentials mounted(@Nullable String contact) {
        try (var directory = new SecretDirectory(secrets.directory())) {
            return mounted(directory, contact);
        }
    }

    private static MountedCredentials mounted(SecretDirectory directory, @Nullable String contact) {
        return new MountedCredentials(
                directory,
                List.of(Sender.APPLICATION, OTHER),
                new PushProperties(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        new WebPushSettings(contact),
                        new ApnsSettings("api.push.apple.com", 443, null),
                        new FcmSettings(URI.create("https://fcm.googleapis.com")),
                        new CircuitSettings(Duration.ofMinutes(1), 10, 50, Duration.ofSeconds(30), 3),
                        false));
    }

    private static String account(String tokenUri) {
        return account(tokenUri, KEY);
    }

    private static String account(String tokenUri, String key) {
        return """
                {"type": "service_account", "project_id": "p", "private_key_id": "k", "client_email": "a@p.iam.example",
                 "private_key": "%s", "token_uri": "%s"}
                """.formatted(key.replace("\n", "\\n"), tokenUri);
    }

    private static String rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return PushSecrets.privateKey(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
