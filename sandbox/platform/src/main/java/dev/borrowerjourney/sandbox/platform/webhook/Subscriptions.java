package dev.borrowerjourney.sandbox.platform.webhook;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Where each application's webhooks go; at most one URL each. */
@Component
public class Subscriptions {

    private final Path file;
    private final JsonMapper json;
    private volatile Map<UUID, URI> urls;

    Subscriptions(SandboxPlatformProperties properties, JsonMapper json) throws IOException {
        this.file = properties.dataDirectory().resolve("subscriptions.json");
        this.json = json;
        Files.createDirectories(properties.dataDirectory());
        this.urls =
                Files.exists(file) ? json.readValue(file.toFile(), new TypeReference<Map<UUID, URI>>() {}) : Map.of();
    }

    /** Whether a request can be sent there at all. */
    public static boolean sendable(URI url) {
        return url.getHost() != null && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
    }

    public Optional<URI> url(UUID applicationId) {
        return Optional.ofNullable(urls.get(applicationId));
    }

    public synchronized void set(UUID applicationId, @Nullable URI url) {
        Map<UUID, URI> changed = new LinkedHashMap<>(urls);
        if (url == null) {
            changed.remove(applicationId);
        } else {
            changed.put(applicationId, url);
        }
        try {
            Path draft = file.resolveSibling("subscriptions.json.new");
            Files.write(draft, json.writeValueAsBytes(changed));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        urls = Map.copyOf(changed);
    }
}
