package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import dev.borrowerjourney.sandbox.platform.call.Tokens;
import dev.borrowerjourney.sandbox.platform.clock.PlatformClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Rotates a webhook secret as an operator would: the partner gets the new one, the platform begins to sign with it,
 * and the former one retires on both sides. Files alone say how far it is, so a start goes on where a stop was.
 */
@Component
public class SecretRotation {

    /** The partner's service looks at its files every few seconds; it must know a secret before it is used. */
    public static final Duration HANDOVER = Duration.ofSeconds(12);

    public static final Duration OVERLAP = Duration.ofSeconds(12);

    private static final String PREFIX = "rotated-";

    private final SandboxPlatformProperties properties;
    private final PlatformClock clock;
    private final JsonMapper json;

    SecretRotation(SandboxPlatformProperties properties, PlatformClock clock, JsonMapper json) {
        this.properties = properties;
        this.clock = clock;
        this.json = json;
    }

    /** A new secret, whose value stands in its file alone. */
    public record Rotated(String secretId, Instant signsFrom, Instant formerEndsAt) {}

    private record Lifetime(
            @Nullable Instant notBefore, @Nullable Instant notAfter) {

        /** Of a secret that the partner may not know yet, the beginning stays, or it would sign at once. */
        Lifetime until(Instant end) {
            return new Lifetime(notBefore, notAfter != null && notAfter.isBefore(end) ? notAfter : end);
        }
    }

    /**
     * Begins a rotation.
     *
     * @param handover until the platform signs with the new secret
     * @param overlap for how long the former one counts after that
     */
    public synchronized Rotated rotate(UUID applicationId, Duration handover, Duration overlap) {
        Instant signsFrom = clock.now().plus(handover);
        Instant formerEndsAt = signsFrom.plus(overlap);
        String id = PREFIX + clock.now().toEpochMilli();
        String secret = Tokens.random("");
        for (Path folder : folders(applicationId)) {
            boolean partners = !folder.equals(folders(applicationId).getFirst());
            List<Path> former = secrets(folder);
            if (!partners) {
                write(folder, id + ".json", json.writeValueAsString(new Lifetime(signsFrom, null)));
            }
            write(folder, id, secret);
            former.forEach(file -> write(
                    folder,
                    file.getFileName() + ".json",
                    json.writeValueAsString(lifetime(file).until(formerEndsAt))));
        }
        return new Rotated(id, signsFrom, formerEndsAt);
    }

    /** Takes back all rotations: the secrets that were there before count again, and they alone. */
    public synchronized void undo(UUID applicationId) {
        folders(applicationId).reversed().forEach(folder -> {
            List<Path> all = secrets(folder);
            if (all.stream().anyMatch(SecretRotation::rotated)) {
                all.forEach(secret -> delete(secret.resolveSibling(secret.getFileName() + ".json")));
                all.stream().filter(SecretRotation::rotated).forEach(SecretRotation::delete);
            }
        });
    }

    /** The platform's own folder first, then the partner's, if it is known. */
    private List<Path> folders(UUID applicationId) {
        String relative = "webhook/" + applicationId;
        return Stream.of(properties.secretsDirectory(), properties.partnerSecretsDirectory())
                .filter(java.util.Objects::nonNull)
                .map(root -> root.resolve(relative))
                .toList();
    }

    private Lifetime lifetime(Path secret) {
        Path file = secret.resolveSibling(secret.getFileName() + ".json");
        return Files.exists(file) ? json.readValue(file.toFile(), Lifetime.class) : new Lifetime(null, null);
    }

    private static boolean rotated(Path secret) {
        return secret.getFileName().toString().startsWith(PREFIX);
    }

    private static List<Path> secrets(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nobody may see half a file, and those who look at the folder leave out names that begin with a dot. */
    private static void write(Path folder, String name, String text) {
        Path draft = folder.resolve("." + name);
        try {
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
