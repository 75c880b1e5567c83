package dev.borrowerjourney.notifier.testing;

import dev.borrowerjourney.schemas.seal.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/** Writes credentials of push services as an operator mounts them. */
public final class PushSecrets {

    private static final int COORDINATE_BYTES = 32;

    private final Path directory;

    private PushSecrets(Path directory) {
        this.directory = directory;
    }

    /** Into a new folder, with a keyset. */
    public static PushSecrets create() {
        try {
            return in(Files.createTempDirectory("push-secrets")).write("keyset.json", Seal.newKeyset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PushSecrets in(Path directory) {
        return new PushSecrets(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Mounts a new key for Web Push and returns its public half in base64url. */
    public String vapid(UUID applicationId, String name) {
        var keys = newKeys();
        write("push/" + applicationId + "/vapid/" + name + ".json", """
                {"publicKey": "%s", "privateKey": "%s"}
                """.formatted(
                        publicKey(keys), encoded(fixed(((ECPrivateKey) keys.getPrivate()).getS()))));
        return publicKey(keys);
    }

    public PushSecrets remove(String relativePath) {
        try {
            Files.deleteIfExists(directory.resolve(relativePath));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PushSecrets write(String relativePath, String text) {
        try {
            var file = directory.resolve(relativePath);
            Files.createDirectories(file.getParent());
            var next = Files.createTempFile(
                    directory,
                    ".next",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, text);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS #8 in PEM. */
    public static String privateKey(KeyPair keys) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** An uncompressed point in base64url. */
    public static String publicKey(KeyPair keys) {
        return encoded(point((ECPublicKey) keys.getPublic()));
    }

    public static byte[] point(ECPublicKey key) {
        var bytes = new byte[1 + 2 * COORDINATE_BYTES];
        bytes[0] = 4;
        System.arraycopy(fixed(key.getW().getAffineX()), 0, bytes, 1, COORDINATE_BYTES);
        System.arraycopy(fixed(key.getW().getAffineY()), 0, bytes, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
        return bytes;
    }

    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] fixed(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        var significant = bytes.length > COORDINATE_BYTES
                ? Arrays.copyOfRange(bytes, bytes.length - COORDINATE_BYTES, bytes.length)
                : bytes;
        System.arraycopy(significant, 0, fixed, COORDINATE_BYTES - significant.length, significant.length);
        return fixed;
    }
}
