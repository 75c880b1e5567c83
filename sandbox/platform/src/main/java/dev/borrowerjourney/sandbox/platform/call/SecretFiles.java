package dev.borrowerjourney.sandbox.platform.call;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * API keys and webhook secrets, in the same files and layout as the services have them. Read at every use: a rotation
 * is seen at once, and a sandbox can afford it.
 */
@Component
public class SecretFiles {

    private final Path root;
    private final JsonMapper json;

    SecretFiles(SandboxPlatformProperties properties, JsonMapper json) {
        this.root = properties.secretsDirectory();
        this.json = json;
        properties.applications().forEach(application -> {
            apiKey(application.applicationId());
            webhookSecret(application.applicationId(), Instant.now());
        });
    }

    public String apiKey(UUID applicationId) {
        return read(root.resolve("platform").resolve(applicationId.toString()).resolve("api-key"));
    }

    /** The newest secret that is valid at the time; of several without dates the one that sorts last. */
    public String webhookSecret(UUID applicationId, Instant at) {
        return begun(applicationId, at).stream()
                .filter(file -> validity(file).includes(at))
                .findFirst()
                .map(SecretFiles::read)
                .orElseThrow(() -> new IllegalStateException(
                        "webhook/" + applicationId + ": no valid secret (expected: at least one file)"));
    }

    /** The secret that came before the present one, still valid or not. */
    public Optional<String> formerWebhookSecret(UUID applicationId, Instant at) {
        String present = webhookSecret(applicationId, at);
        return begun(applicationId, at).stream()
                .map(SecretFiles::read)
                .filter(secret -> !secret.equals(present))
                .findFirst();
    }

    /** All secrets whose time has come, also those whose time is over; the newest first. */
    private List<Path> begun(UUID applicationId, Instant at) {
        try (Stream<Path> files = Files.list(root.resolve("webhook").resolve(applicationId.toString()))) {
            return files.filter(file -> !file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> !at.isBefore(validity(file).from()))
                    .sorted(Comparator.comparing((Path file) -> validity(file).from())
                            .thenComparing(file -> file.getFileName().toString())
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("webhook/" + applicationId + ": cannot be read", e);
        }
    }

    private Validity validity(Path secret) {
        Path file = secret.resolveSibling(secret.getFileName() + ".json");
        return Files.exists(file) ? json.readValue(file.toFile(), Validity.class) : new Validity(null, null);
    }

    private static String read(Path file) {
        try {
            String text = Files.readString(file).stripTrailing();
            return Optional.of(text)
                    .filter(it -> !it.isEmpty())
                    .orElseThrow(() -> new IllegalStateException(file + ": empty (expected: a secret)"));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read (expected: a secret)", e);
        }
    }

    private record Validity(
            @Nullable Instant notBefore, @Nullable Instant notAfter) {

        Instant from() {
            return notBefore == null ? Instant.MIN : notBefore;
        }

        boolean includes(Instant at) {
            return !at.isBefore(from()) && (notAfter == null || at.isBefore(notAfter));
        }
    }
}
