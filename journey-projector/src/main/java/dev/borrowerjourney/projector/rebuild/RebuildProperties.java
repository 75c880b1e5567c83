package dev.borrowerjourney.projector.rebuild;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of rebuilds.
 *
 * @param keptRetention how long it is kept what {@code --undo} needs of a run
 */
@ConfigurationProperties(prefix = "projector.rebuild", ignoreUnknownFields = false)
record RebuildProperties(@DefaultValue("30d") Duration keptRetention) {

    private static final Duration SHORTEST = Duration.ofHours(1);

    RebuildProperties {
        if (keptRetention.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "projector.rebuild.kept-retention: " + keptRetention + " (expected: at least " + SHORTEST + ")");
        }
    }
}
