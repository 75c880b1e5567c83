package dev.borrowerjourney.sandbox.demo.place;

import static dev.borrowerjourney.sandbox.demo.place.SandboxSecrets.APPLICATION_ID;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.sandbox.demo.inbox.PushInbox;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What notifier-service shows to the push inbox, and what the inbox shows to it; generated once, as the other secrets are. */
public final class PushCredentials {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ALIAS = "apns";

    private final Path notifier;
    private final Path inbox;

    public PushCredentials(SandboxSecrets secrets) {
        this.notifier = secrets.directory("notifier-service").resolve("push").resolve(APPLICATION_ID);
        this.inbox = secrets.directory("push-inbox");
    }

    /** The key store that the inbox listens for APNs with. */
    public Path keyStore() {
        return inbox.resolve("apns.p12");
    }

    /** Its certificate in PEM, which notifier-service has to trust. */
    public Path certificate() {
        return inbox.resolve("apns.pem");
    }

    /**
     * Generates what is missing.
     *
     * @param tokenUrl where access tokens for FCM are given; another one at each start, if ports were moved
     */
    public void generate(String tokenUrl) throws IOException {
        try {
            vapid();
            apns();
            fcm(tokenUrl);
            if (!Files.exists(keyStore()) || !Files.exists(certificate())) {
                certify();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the credentials for pushes cannot be made", e);
        }
    }

    private void vapid() throws IOException, GeneralSecurityException {
        var file = notifier.resolve("vapid/sandbox.json");
        if (!Files.exists(file)) {
            var keys = elliptic();
            var point = ((ECPublicKey) keys.getPublic()).getW();
            OwnFiles.write(
                    file,
                    JSON.createObjectNode()
                            .put("publicKey", encoded("04" + hex(point.getAffineX()) + hex(point.getAffineY())))
                            .put("privateKey", encoded(hex(((ECPrivateKey) keys.getPrivate()).getS())))
                            .toString());
        }
    }

    private void apns() throws IOException, GeneralSecurityException {
        var file = notifier.resolve("apns/key.p8");
        if (!Files.exists(file)) {
            OwnFiles.write(file, pem("PRIVATE KEY", elliptic().getPrivate().getEncoded()));
            OwnFiles.write(
                    notifier.resolve("apns/key.json"),
                    JSON.createObjectNode()
                            .put("keyId", "SANDBOX001")
                            .put("teamId", "SANDBOX001")
                            .put("topic", "dev.borrowerjourney.sandbox")
                            .toString());
        }
    }

    private void fcm(String tokenUrl) throws IOException, GeneralSecurityException {
        var file = notifier.resolve("fcm.json");
        var account = Files.exists(file) ? (ObjectNode) JSON.readTree(Files.readString(file, UTF_8)) : serviceAccount();
        OwnFiles.write(file, account.put("token_uri", tokenUrl).toString());
    }

    private static ObjectNode serviceAccount() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate();
        return JSON.createObjectNode()
                .put("type", "service_account")
                .put("project_id", "sandbox")
                .put("private_key_id", "sandbox")
                .put("client_email", "push@sandbox.example")
                .put("private_key", pem("PRIVATE KEY", key.getEncoded()));
    }

    // Java makes certificates by this program only.
    private void certify() throws IOException, GeneralSecurityException {
        OwnFiles.directory(inbox);
        Files.deleteIfExists(keyStore());
        var options =
                "-alias " + ALIAS + " -keyalg EC -groupname secp256r1 -validity 3650 -storetype PKCS12 -storepass "
                        + PushInbox.STORE_PASSWORD + " -dname CN=127.0.0.1 -ext san=ip:127.0.0.1";
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.add("-genkeypair");
        command.addAll(List.of(options.split(" ", -1)));
        command.add("-keystore");
        command.add(keyStore().toString());
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(process);
        Files.setPosixFilePermissions(keyStore(), PosixFilePermissions.fromString("rw-------"));
        var store = KeyStore.getInstance(keyStore().toFile(), PushInbox.STORE_PASSWORD.toCharArray());
        OwnFiles.write(
                certificate(), pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
    }

    private static void await(Process keytool) throws IOException {
        try {
            if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no certificate");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("keytool was not waited for");
        } finally {
            keytool.destroyForcibly();
        }
    }

    private static KeyPair elliptic() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String hex(BigInteger number) {
        return "%064x".formatted(number);
    }

    private static String encoded(String hex) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(hex));
    }

    private static String pem(String what, byte[] der) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
