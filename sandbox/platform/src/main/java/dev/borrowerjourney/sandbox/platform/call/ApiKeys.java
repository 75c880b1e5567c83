package dev.borrowerjourney.sandbox.platform.call;

import dev.borrowerjourney.sandbox.platform.SandboxPlatformProperties;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells tenant and application from the API key. */
@Component
class ApiKeys {

    private final SandboxPlatformProperties properties;
    private final SecretFiles secrets;

    ApiKeys(SandboxPlatformProperties properties, SecretFiles secrets) {
        this.properties = properties;
        this.secrets = secrets;
    }

    Optional<Caller> find(String token) {
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        return properties.applications().stream()
                .filter(application -> MessageDigest.isEqual(
                        secrets.apiKey(application.applicationId()).getBytes(StandardCharsets.UTF_8), given))
                .findFirst()
                .map(application -> new Caller.Backend(application.tenantId(), application.applicationId()));
    }
}
