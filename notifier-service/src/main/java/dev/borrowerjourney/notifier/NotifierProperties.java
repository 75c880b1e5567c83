package dev.borrowerjourney.notifier;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What all features of this service share.
 *
 * @param secretsDirectory root of this service's mounted secrets
 * @param applications the platform applications whose borrowers are served
 */
@ConfigurationProperties("notifier")
public record NotifierProperties(
        Path secretsDirectory, @DefaultValue List<Application> applications) {

    public NotifierProperties {
        if (secretsDirectory == null) {
            throw new IllegalArgumentException("notifier.secrets-directory: missing (expected: a directory)");
        }
        if (applications.isEmpty()) {
            throw new IllegalArgumentException("notifier.applications: [] (expected: at least one)");
        }
        if (new HashSet<>(applications).size() < applications.size()) {
            throw new IllegalArgumentException("notifier.applications: one is listed twice (expected: each once)");
        }
        applications = List.copyOf(applications);
    }

    /** The ids of all applications. */
    public List<UUID> applicationIds() {
        return applications.stream().map(Application::applicationId).toList();
    }

    /** One application of the platform. */
    public record Application(UUID applicationId) {

        public Application {
            if (applicationId == null) {
                throw new IllegalArgumentException(
                        "notifier.applications[].application-id: missing (expected: a UUID)");
            }
        }
    }
}
