package dev.borrowerjourney.session.platform;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.Watched;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The API key of each application, read again when its file changes. */
class ApiKeys {

    private static final String PREFIX = "sk_";

    private final Watched<Map<UUID, Secret>> keys;

    ApiKeys(SecretDirectory secrets, PlatformProperties properties) {
        keys = secrets.watch(directory -> read(directory, properties));
    }

    Secret of(UUID applicationId) {
        var key = keys.current().get(applicationId);
        if (key == null) {
            throw new IllegalArgumentException("application: " + applicationId + " (expected: one of the settings)");
        }
        return key;
    }

    private static Map<UUID, Secret> read(SecretDirectory directory, PlatformProperties properties) {
        var read = new HashMap<UUID, Secret>();
        for (var application : properties.applications()) {
            var file = "platform/" + application.applicationId() + "/api-key";
            var key = directory.read(file);
            if (!key.reveal().startsWith(PREFIX)) {
                throw new IllegalArgumentException(file + ": no API key (expected: one that begins with sk_)");
            }
            read.put(application.applicationId(), key);
        }
        return Map.copyOf(read);
    }
}
