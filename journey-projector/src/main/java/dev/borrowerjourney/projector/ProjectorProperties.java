package dev.borrowerjourney.projector;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the projector.
 *
 * @param secretsDirectory the folder that holds this service's secrets
 * @param concurrency threads that consume; more than the topic's partitions are idle
 * @param groupProtocol by which the instances share the partitions
 */
@ConfigurationProperties(prefix = "projector")
public record ProjectorProperties(
        Path secretsDirectory,
        @DefaultValue("2") int concurrency,
        @DefaultValue("consumer") GroupProtocol groupProtocol) {

    public ProjectorProperties {
        if (secretsDirectory == null) {
            throw new IllegalArgumentException("projector.secrets-directory: not set (expected: a folder)");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("projector.concurrency: " + concurrency + " (expected: at least 1)");
        }
    }
}
