package dev.borrowerjourney.sandbox.demo.place;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.borrowerjourney.schemas.seal.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The secrets of the demo, generated once and kept as files in the layout that Kubernetes mounts, one directory a process.
 * They belong to the data: another pseudonym key or keyset would make the old data unreadable.
 */
public final class SandboxSecrets {

    public static final String TENANT_ID = "0f6f1c5e-6a58-4b0e-9d3b-5f1a52f0a7c1";
    public static final String APPLICATION_ID = "3c1d6a52-8f0d-4f3e-8a57-2b9c1d7e4f60";
    public static final String WEBHOOK_SECRET_ID = "first";

    /** Database roles by the process that logs in with them. */
    public static final Map<String, String> DATABASE_ROLES = Map.of(
            "session-service", "bj_session",
            "journey-projector", "bj_projector",
            "notifier-service", "bj_notifier");

    private static final String API_KEY = "platform/" + APPLICATION_ID + "/api-key";
    private static final String WEBHOOK_SECRET = "webhook/" + APPLICATION_ID + "/" + WEBHOOK_SECRET_ID;
    private static final String SEAL_KEYSET = "seal/" + APPLICATION_ID + "/keyset.json";
    private static final String PSEUDONYM_KEY = "pseudonym-key";
    private static final String DATABASE_PASSWORD = "database/password";

    private final SecureRandom random = new SecureRandom();
    private final Path root;

    public SandboxSecrets(Path root) {
        this.root = root;
    }

    /** Generates what is missing. */
    public void generate() throws IOException {
        shared(API_KEY, () -> "sk_test_" + hex(24), List.of("session-service", "platform"));
        shared(WEBHOOK_SECRET, () -> hex(32), List.of("webhook-ingest-service", "platform"));
        shared(
                PSEUDONYM_KEY,
                this::base64Key,
                List.of("webhook-ingest-service", "session-service", "notifier-service"));
        shared(SEAL_KEYSET, Seal::newKeyset, List.of("webhook-ingest-service", "session-service", "journey-projector"));
        shared("keyset.json", Seal::newKeyset, List.of("session-service"));
        // Another one than session-service's.
        shared("keyset.json", Seal::newKeyset, List.of("notifier-service"));
        for (var owner : List.of("session-service", "journey-projector", "notifier-service", "registry", "operator")) {
            shared(DATABASE_PASSWORD, () -> hex(24), List.of(owner));
        }
    }

    /** The directory that holds the secrets of one process. */
    public Path directory(String process) {
        return root.resolve(process);
    }

    public String apiKey() {
        return read("platform", API_KEY);
    }

    public String webhookSecret() {
        return read("platform", WEBHOOK_SECRET);
    }

    public String databasePassword(String process) {
        return read(process, DATABASE_PASSWORD);
    }

    public Path operatorPasswordFile() {
        return directory("operator").resolve(DATABASE_PASSWORD);
    }

    private void shared(String path, Supplier<String> fresh, List<String> owners) throws IOException {
        var first = directory(owners.getFirst()).resolve(path);
        var value = Files.exists(first) ? Files.readString(first, UTF_8) : fresh.get();
        for (var owner : owners) {
            var file = directory(owner).resolve(path);
            if (!Files.exists(file)) {
                OwnFiles.write(file, value);
            }
        }
    }

    private String read(String process, String path) {
        try {
            return Files.readString(directory(process).resolve(path), UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("secret " + process + "/" + path + ": unreadable", e);
        }
    }

    private String hex(int bytes) {
        return HexFormat.of().formatHex(bytes(bytes));
    }

    private String base64Key() {
        return Base64.getEncoder().encodeToString(bytes(32));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
