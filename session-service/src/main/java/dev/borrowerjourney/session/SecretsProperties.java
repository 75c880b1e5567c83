package dev.borrowerjourney.session;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the secrets of this service lie.
 *
 * @param secretsDirectory root of {@code platform/<applicationId>/api-key}, {@code keyset.json}, {@code pseudonym-key} and
 *     {@code database/password}
 */
@ConfigurationProperties(prefix = "session")
record SecretsProperties(Path secretsDirectory) {

    SecretsProperties {
        // Binding hands over null where nothing is set; the annotation says what holds afterwards.
        if (secretsDirectory == null) {
            throw new IllegalArgumentException("session.secrets-directory: not set (expected: a directory)");
        }
    }
}
