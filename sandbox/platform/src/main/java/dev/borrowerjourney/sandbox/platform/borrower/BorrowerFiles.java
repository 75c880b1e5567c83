package dev.borrowerjourney.sandbox.platform.borrower;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** One JSON file a borrower, replaced as a whole: a kill at any moment leaves the former or the new state. */
@Component
class BorrowerFiles {

    private final Path directory;
    private final JsonMapper json;

    BorrowerFiles(SandboxPlatformProperties properties, JsonMapper json) throws IOException {
        this.directory = properties.dataDirectory().resolve("borrowers");
        this.json = json;
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    void write(Borrower borrower) {
        Path file = fileOf(borrower.ref());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.getParent());
            Files.write(draft, json.writeValueAsBytes(borrower));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Borrower> readAll() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(this::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Borrower read(Path file) {
        Borrower borrower = json.readValue(file.toFile(), Borrower.class);
        if (borrower.formatVersion() != Borrower.FORMAT) {
            throw new IllegalStateException("%s: format %d (expected: %d); begin anew with another data directory"
                    .formatted(file.getFileName(), borrower.formatVersion(), Borrower.FORMAT));
        }
        return borrower;
    }

    private Path fileOf(BorrowerRef ref) {
        String name = hash(ref.applicationId() + "\n" + ref.externalId());
        return directory.resolve(name.substring(0, 2)).resolve(name + ".json");
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
