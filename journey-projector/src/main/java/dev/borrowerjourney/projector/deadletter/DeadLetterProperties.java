package dev.borrowerjourney.projector.deadletter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the dead letters.
 *
 * @param retention how long one is kept after it was found, whatever became of it
 * @param decidedRetention how long one is kept after it was replayed or parked
 */
@ConfigurationProperties(prefix = "projector.dead-letters", ignoreUnknownFields = false)
record DeadLetterProperties(
        @DefaultValue("30d") Duration retention,
        @DefaultValue("7d") Duration decidedRetention) {

    private static final Duration SHORTEST = Duration.ofHours(1);

    DeadLetterProperties {
        atLeast(SHORTEST, "retention", retention);
        atLeast(SHORTEST, "decided-retention", decidedRetention);
        if (decidedRetention.compareTo(retention) > 0) {
            throw new IllegalArgumentException("projector.dead-letters.decided-retention: " + decidedRetention
                    + " (expected: at most the retention, " + retention + ")");
        }
    }

    private static void atLeast(Duration shortest, String name, Duration duration) {
        if (duration.compareTo(shortest) < 0) {
            throw new IllegalArgumentException(
                    "projector.dead-letters." + name + ": " + duration + " (expected: at least " + shortest + ")");
        }
    }
}
