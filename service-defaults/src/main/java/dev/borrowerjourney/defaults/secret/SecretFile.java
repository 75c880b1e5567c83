package dev.borrowerjourney.defaults.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads one file as strictly as a secret deserves. */
record SecretFile(Path path) {

    private static final int MOST_BYTES = 1024 * 1024;
    private static final Set<PosixFilePermission> FOR_OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    Secret read() {
        if (!Files.isRegularFile(path)) {
            throw new SecretException("secret file " + path + ": does not exist (expected: a file with the secret)");
        }
        try {
            refuseOthers();
            return Secret.of(text(bytes()));
        } catch (IOException e) {
            // The exception's own message may be anything; its type and the path are enough to act on.
            throw SecretException.of(
                    "secret file " + path + ": unreadable, " + e.getClass().getSimpleName()
                            + " (expected: readable by this process)",
                    e);
        }
    }

    private void refuseOthers() throws IOException {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        var permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(FOR_OTHERS::contains)) {
            throw new SecretException("secret file " + path + ": " + PosixFilePermissions.toString(permissions)
                    + " (expected: no permission for others, as in rw------- or r--r-----)");
        }
    }

    private byte[] bytes() throws IOException {
        try (var in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new SecretException("secret file " + path + ": too large (expected: at most 1 MiB)");
            }
            return bytes;
        }
    }

    private String text(byte[] bytes) {
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new SecretException("secret file " + path + ": no text (expected: UTF-8)");
        }
        // Editors and echo end a file with a newline that belongs to no secret.
        String stripped = text.endsWith("\r\n")
                ? text.substring(0, text.length() - 2)
                : text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (stripped.isEmpty()) {
            throw new SecretException("secret file " + path + ": empty (expected: the secret)");
        }
        return stripped;
    }
}
