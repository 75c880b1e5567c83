package dev.borrowerjourney.notifier.push;

import com.eatthepath.pushy.apns.auth.ApnsVerificationKey;
import com.eatthepath.pushy.apns.server.MockApnsServer;
import com.eatthepath.pushy.apns.server.MockApnsServerBuilder;
import com.eatthepath.pushy.apns.server.MockApnsServerListener;
import com.eatthepath.pushy.apns.server.PushNotificationHandler;
import com.eatthepath.pushy.apns.server.RejectedNotificationException;
import com.eatthepath.pushy.apns.server.RejectionReason;
import com.eatthepath.pushy.apns.server.ValidatingPushNotificationHandlerFactory;
import dev.borrowerjourney.defaults.testing.FreePort;
import dev.borrowerjourney.notifier.push.PushProperties.ApnsSettings;
import dev.borrowerjourney.notifier.testing.PushSecrets;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Pushy's stand-in for Apple over TLS: checks the signed token, the topic, the device token and the form of each push. */
final class ApnsStandIn implements AutoCloseable {

    static final String TOPIC = "dev.borrowerjourney.app";
    static final String TEAM = "TEAM000001";
    static final String KEY_ID = "KEY0000001";

    private static final String STORE_PASSWORD = "changeit";
    private static final Path STORE = store();

    /** A push as it was accepted. */
    record Received(Map<String, String> headers, String payload) {

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private final KeyPair signing = PushSecrets.newKeys();
    private final Set<String> deviceTokens = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> goneSince = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable RejectionReason> next = new AtomicReference<>();
    private final MockApnsServer server;
    private final int port;

    ApnsStandIn() throws IOException, GeneralSecurityException {
        var key = new ApnsVerificationKey(KEY_ID, TEAM, (ECPublicKey) signing.getPublic());
        var validating = new ValidatingPushNotificationHandlerFactory(
                Map.of(TOPIC, deviceTokens), goneSince, Map.of(KEY_ID, key), Map.of(key, Set.of(TOPIC)));
        var store = KeyStore.getInstance(STORE.toFile(), STORE_PASSWORD.toCharArray());
        server = new MockApnsServerBuilder()
                .setServerCredentials(
                        new X509Certificate[] {(X509Certificate) store.getCertificate("apns")},
                        (PrivateKey) store.getKey("apns", STORE_PASSWORD.toCharArray()),
                        null)
                .setHandlerFactory(session -> rejectingOnce(validating.buildHandler(session)))
                .setListener(new Listener())
                .build();
        port = FreePort.next();
        server.start(port).join();
    }

    ApnsSettings settings() {
        return new ApnsSettings("127.0.0.1", port, certificate());
    }

    /** The two files of a key, as Apple and the operator give them. */
    PushSecrets mount(PushSecrets secrets) {
        return mount(secrets, signing);
    }

    PushSecrets mount(PushSecrets secrets, KeyPair key) {
        var folder = "push/" + Sender.APPLICATION + "/apns/";
        return secrets.write(
                        folder + "key.p8", pem("PRIVATE KEY", key.getPrivate().getEncoded()))
                .write(folder + "key.json", """
                        {"keyId": "%s", "teamId": "%s", "topic": "%s"}
                        """.formatted(KEY_ID, TEAM, TOPIC));
    }

    void register(String deviceToken) {
        deviceTokens.add(deviceToken);
    }

    void expire(String deviceToken, Instant since) {
        goneSince.put(deviceToken, since);
    }

    void rejectNext(RejectionReason reason) {
        next.set(reason);
    }

    List<Received> received() {
        return received;
    }

    @Override
    public void close() {
        server.shutdown().join();
    }

    private PushNotificationHandler rejectingOnce(PushNotificationHandler validating) {
        return (headers, payload) -> {
            var reason = next.getAndSet(null);
            if (reason != null) {
                throw new RejectedNotificationException(reason);
            }
            validating.handlePushNotification(headers, payload);
        };
    }

    private final class Listener implements MockApnsServerListener {

        @Override
        public void handlePushNotificationAccepted(Http2Headers headers, ByteBuf payload) {
            var names = new ConcurrentHashMap<String, String>();
            headers.forEach(header ->
                    names.put(header.getKey().toString(), header.getValue().toString()));
            received.add(new Received(names, payload.toString(StandardCharsets.UTF_8)));
        }

        @Override
        public void handlePushNotificationRejected(
                Http2Headers headers, ByteBuf payload, RejectionReason reason, @Nullable Instant since) {}
    }

    private static Path certificate() {
        try {
            var store = KeyStore.getInstance(STORE.toFile(), STORE_PASSWORD.toCharArray());
            var file = Files.createTempFile("apns", ".pem");
            return Files.writeString(
                    file, pem("CERTIFICATE", store.getCertificate("apns").getEncoded()));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    private static Path store() {
        try {
            var file = Files.createTempDirectory("apns").resolve("store.p12");
            var keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "apns",
                            "-keyalg",
                            "EC",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            STORE_PASSWORD,
                            "-dname",
                            "CN=127.0.0.1",
                            "-ext",
                            "san=ip:127.0.0.1")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!keytool.waitFor(2, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                throw new IllegalStateException("keytool made no certificate");
            }
            return file;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
