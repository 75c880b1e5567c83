package dev.borrowerjourney.ingest.delivery;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.ingest.delivery.IngestProperties.Application;
import dev.borrowerjourney.schemas.seal.Seal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the keys of all applications from the secrets directory. Anything missing or unfit is refused by its file's name. */
final class KeyFiles {

    private static final String LIFETIME = ".json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final List<Application> applications;

    KeyFiles(List<Application> applications) {
        this.applications = List.copyOf(applications);
    }

    Map<UUID, ApplicationKeys> read(SecretDirectory directory) {
        return applications.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Application::applicationId, application -> keys(directory, application)));
    }

    private static ApplicationKeys keys(SecretDirectory directory, Application application) {
        var id = application.applicationId();
        return new ApplicationKeys(application.tenantId(), id, secrets(directory, id), seal(directory, id));
    }

    private static List<WebhookSecret> secrets(SecretDirectory directory, UUID applicationId) {
        var folder = "webhook/" + applicationId;
        var secrets = new ArrayList<WebhookSecret>();
        for (var name : directory.list(folder)) {
            if (!name.endsWith(LIFETIME)) {
                var file = folder + "/" + name;
                var lifetime = directory
                        .find(file + LIFETIME)
                        .map(json -> lifetime(file + LIFETIME, json))
                        .orElse(Lifetime.UNLIMITED);
                secrets.add(secret(name, file, directory.read(file), lifetime));
            }
        }
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException(folder + ": no webhook secret (expected: a file for each live secret)");
        }
        return List.copyOf(secrets);
    }

    private static WebhookSecret secret(String id, String file, Secret secret, Lifetime lifetime) {
        try {
            return WebhookSecret.of(id, secret, lifetime);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Lifetime lifetime(String file, Secret json) {
        try {
            var read = JSON.readValue(json.reveal(), LifetimeFile.class);
            return new Lifetime(read.notBefore(), read.notAfter());
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    file + ": unreadable (expected: {\"notBefore\": instant, \"notAfter\": instant}, each optional)");
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Seal seal(SecretDirectory directory, UUID applicationId) {
        var file = "seal/" + applicationId + "/keyset.json";
        try {
            return Seal.of(directory.read(file).reveal());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private record LifetimeFile(
            @Nullable Instant notBefore, @Nullable Instant notAfter) {}
}
