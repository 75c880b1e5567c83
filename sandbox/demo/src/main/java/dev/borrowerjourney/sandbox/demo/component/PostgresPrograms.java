package dev.borrowerjourney.sandbox.demo.component;

import dev.borrowerjourney.sandbox.demo.place.OwnFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once from the class path. */
final class PostgresPrograms {

    static final String MAJOR = "18";

    private final Path root;

    private PostgresPrograms(Path root) {
        this.root = root;
    }

    static PostgresPrograms unpackedTo(Path tools) throws IOException {
        var root = tools.resolve("postgresql-" + MAJOR);
        if (!Files.exists(root)) {
            OwnFiles.directory(tools);
            var unfinished = Files.createTempDirectory(tools, "postgresql-");
            unpack(unfinished);
            Files.move(unfinished, root, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresPrograms(root);
    }

    /** The command; as root inside a user namespace, because PostgreSQL refuses to run as root. */
    List<String> command(String program, String... arguments) throws IOException {
        var command =
                Stream.concat(Stream.of(root.resolve("bin").resolve(program).toString()), Stream.of(arguments));
        var wrapper = isRoot() ? Stream.of("unshare", "--user") : Stream.<String>empty();
        return Stream.concat(wrapper, command).toList();
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void unpack(Path directory) throws IOException {
        try (var archive = archive();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar, directory);
            }
        }
    }

    private static InputStream archive() throws IOException {
        var machine =
                switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "unknown";
                };
        var name = "/postgres-linux-" + machine + ".txz";
        var stream = PostgresPrograms.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IOException("PostgreSQL for this machine: no " + name + " on the class path");
        }
        return stream;
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path directory) throws IOException {
        var file = directory.resolve(entry.getName()).normalize();
        if (!file.startsWith(directory)) {
            throw new IOException("archive entry " + entry.getName() + ": leaves the directory");
        }
        if (entry.isDirectory()) {
            OwnFiles.directory(file);
        } else {
            OwnFiles.directory(OwnFiles.directoryOf(file));
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            } else {
                Files.copy(content, file);
                Files.setPosixFilePermissions(file, permissions(entry));
            }
        }
    }

    private static Set<PosixFilePermission> permissions(TarArchiveEntry entry) {
        return (entry.getMode() & 0100) != 0
                ? Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE)
                : Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
}
