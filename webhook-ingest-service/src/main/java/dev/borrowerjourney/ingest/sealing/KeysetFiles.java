package dev.borrowerjourney.ingest.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.schemas.seal.SealKeyset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** A keyset file and, beside it, the times of its keys: {@code keyset.json} has {@code keyset-times.json}. */
record KeysetFiles(Path keyset) {

    KeysetFiles {
        keyset = keyset.toAbsolutePath().normalize();
    }

    /** Reads as strictly as a service does: a file that is open to others is refused. */
    SealKeyset read() {
        try (var directory = new SecretDirectory(folder())) {
            var times = times();
            return SealKeyset.of(
                    directory.read(keyset.getFileName().toString()).reveal(),
                    Files.exists(times) ? Files.readString(times) : null);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(keyset + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    times() + ": unreadable, " + e.getClass().getSimpleName(), e);
        }
    }

    /** Replaces each file as a whole, and only by one that was read back; the times first, see {@link SealKeyset}. */
    void write(SealKeyset changed) throws IOException {
        replace(times(), changed.timesJson());
        var unfinished = unfinished(keyset, changed.keysetJson());
        if (!new KeysetFiles(unfinished).keysOf(changed)) {
            Files.delete(unfinished);
            throw new IllegalStateException(keyset + ": what was written reads otherwise; the old file is as it was");
        }
        Files.move(unfinished, keyset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Path times() {
        var name = keyset.getFileName().toString();
        var stem = name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : name;
        return keyset.resolveSibling(stem + "-times.json");
    }

    private boolean keysOf(SealKeyset expected) throws IOException {
        return SealKeyset.of(Files.readString(keyset), expected.timesJson())
                .keys()
                .equals(expected.keys());
    }

    private Path folder() {
        return Objects.requireNonNull(keyset.getParent());
    }

    private static void replace(Path file, String content) throws IOException {
        Files.move(
                unfinished(file, content), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A new file of this content beside another, for the owner alone from its first moment, and on the disk. */
    private static Path unfinished(Path file, String content) throws IOException {
        var unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        Files.deleteIfExists(unfinished);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                FileChannel.open(unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            var bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        return unfinished;
    }
}
