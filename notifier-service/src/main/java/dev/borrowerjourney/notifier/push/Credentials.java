package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one application shows to push services: the files below {@code push/<applicationId>/}.
 *
 * @param vapid keys for Web Push, the present one first; empty if the channel is off
 * @param apns null if the channel is off
 * @param fcm null if the channel is off
 */
record Credentials(
        List<VapidKey> vapid, @Nullable Apns apns, @Nullable Fcm fcm) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param keyId Apple's name of the key
     * @param topic the app's bundle id
     * @param key PKCS #8 in PEM, as Apple gives it
     */
    record Apns(String keyId, String teamId, String topic, Secret key) {}

    /** @param key PKCS #8 in PEM */
    record Fcm(String projectId, String clientEmail, String keyId, Secret key, URI tokenUri) {}

    boolean none() {
        return vapid.isEmpty() && apns == null && fcm == null;
    }

    static Credentials read(SecretDirectory secrets, UUID applicationId, PushProperties properties) {
        var folder = "push/" + applicationId + "/";
        return new Credentials(
                vapid(secrets, folder + "vapid/", properties),
                apns(secrets, folder + "apns/").orElse(null),
                secrets.find(folder + "fcm.json")
                        .map(file -> fcm(json(folder + "fcm.json", file), properties))
                        .orElse(null));
    }

    // The last by name is the present one, so that keys can be named for the day they were made.
    private static List<VapidKey> vapid(SecretDirectory secrets, String folder, PushProperties properties) {
        var names = secrets.list(folder).stream()
                .filter(name -> name.endsWith(".json"))
                .sorted(Comparator.reverseOrder())
                .toList();
        var contact = properties.webPush().contact();
        if (!names.isEmpty() && contact == null) {
            throw new IllegalArgumentException(
                    "notifier.push.web-push.contact: missing, while there is a key for Web Push"
                            + " (expected: mailto: and an address, or an https URL)");
        }
        return names.stream()
                .map(name -> {
                    var json = json(folder + name, secrets.read(folder + name));
                    return VapidKey.of(
                            folder + name,
                            text(json, folder + name, "publicKey"),
                            text(json, folder + name, "privateKey"),
                            String.valueOf(contact));
                })
                .toList();
    }

    private static Optional<Apns> apns(SecretDirectory secrets, String folder) {
        return secrets.find(folder + "key.json").map(file -> {
            var json = json(folder + "key.json", file);
            return new Apns(
                    text(json, folder + "key.json", "keyId"),
                    text(json, folder + "key.json", "teamId"),
                    text(json, folder + "key.json", "topic"),
                    secrets.read(folder + "key.p8"));
        });
    }

    private static Fcm fcm(JsonNode json, PushProperties properties) {
        var tokenUri = URI.create(text(json, "fcm.json", "token_uri"));
        if (!PushProperties.encrypted(tokenUri, properties.allowPlainHttp())) {
            throw new IllegalArgumentException("fcm.json: token_uri is no https URL (expected: an https URL)");
        }
        return new Fcm(
                text(json, "fcm.json", "project_id"),
                text(json, "fcm.json", "client_email"),
                text(json, "fcm.json", "private_key_id"),
                Secret.of(text(json, "fcm.json", "private_key")),
                tokenUri);
    }

    private static JsonNode json(String file, Secret text) {
        try {
            return JSON.readTree(text.reveal());
        } catch (JacksonException _) {
            // The cause might quote the file.
            throw new IllegalArgumentException(file + ": unreadable (expected: a JSON object)");
        }
    }

    private static String text(JsonNode json, String file, String name) {
        var text = json.path(name).asString("");
        if (text.isBlank()) {
            throw new IllegalArgumentException(file + ": no " + name + " (expected: a text)");
        }
        return text;
    }
}
