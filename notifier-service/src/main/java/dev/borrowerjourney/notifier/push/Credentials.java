package dev.borrowerjourney.notifier.push;

import dev.borrowerjourney.defaults.secret.Secret;
import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.defaults.secret.SecretException;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
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

    // The last by name is the present one, so that keys can be named for the day they were made.
    static List<VapidKey> vapid(SecretDirectory secrets, UUID applicationId, PushProperties properties) {
        var folder = folder(applicationId) + "vapid/";
        var names = secrets.list(folder).stream()
                .filter(name -> name.endsWith(".json"))
                .sorted(Comparator.reverseOrder())
                .toList();
        var contact = properties.webPush().contact();
        if (!names.isEmpty() && contact == null) {
            throw new SecretException("notifier.push.web-push.contact: missing, while there is a key for Web Push"
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

    static Optional<Apns> apns(SecretDirectory secrets, UUID applicationId) {
        var folder = folder(applicationId) + "apns/";
        return secrets.find(folder + "key.json").map(text -> {
            var file = folder + "key.json";
            var json = json(file, text);
            var apns = new Apns(
                    text(json, file, "keyId"),
                    text(json, file, "teamId"),
                    text(json, file, "topic"),
                    secrets.read(folder + "key.p8"));
            try {
                var _ = ApnsClients.key(apns);
            } catch (IOException | GeneralSecurityException | RuntimeException _) {
                // The cause might quote the file, here and below.
                throw new SecretException(
                        folder + "key.p8: no key (expected: the file that Apple gave, an EC key in PKCS #8 and PEM)");
            }
            return apns;
        });
    }

    static Optional<Fcm> fcm(SecretDirectory secrets, UUID applicationId, PushProperties properties) {
        var file = folder(applicationId) + "fcm.json";
        return secrets.find(file).map(text -> {
            var json = json(file, text);
            var key = Secret.of(text(json, file, "private_key"));
            try {
                var _ = FcmTokens.key(key);
            } catch (GeneralSecurityException | RuntimeException _) {
                throw new SecretException(
                        file + ": private_key is none (expected: the file that Google gave for the service account)");
            }
            return new Fcm(
                    text(json, file, "project_id"),
                    text(json, file, "client_email"),
                    text(json, file, "private_key_id"),
                    key,
                    tokenUri(file, json, properties));
        });
    }

    private static URI tokenUri(String file, JsonNode json, PushProperties properties) {
        try {
            var uri = URI.create(text(json, file, "token_uri"));
            if (PushProperties.encrypted(uri, properties.allowPlainHttp())) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new SecretException(file + ": token_uri is no https URL (expected: an https URL)");
    }

    private static String folder(UUID applicationId) {
        return "push/" + applicationId + "/";
    }

    private static JsonNode json(String file, Secret text) {
        try {
            return JSON.readTree(text.reveal());
        } catch (JacksonException _) {
            // The cause might quote the file.
            throw new SecretException(file + ": unreadable (expected: a JSON object)");
        }
    }

    private static String text(JsonNode json, String file, String name) {
        var text = json.path(name).asString("");
        if (text.isBlank()) {
            throw new SecretException(file + ": no " + name + " (expected: a text)");
        }
        return text;
    }
}
