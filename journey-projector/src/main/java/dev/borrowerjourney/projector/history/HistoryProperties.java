package dev.borrowerjourney.projector.history;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the timeline.
 *
 * @param retention how long a change is kept at least; it goes with its month, so up to 31 days later
 */
@ConfigurationProperties(prefix = "projector.history", ignoreUnknownFields = false)
record HistoryProperties(@DefaultValue("400d") Duration retention) {

    /** The log keeps records for so long, and they must find what they told before. */
    private static final Duration SHORTEST = Duration.ofDays(31);

    HistoryProperties {
        if (retention.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "projector.history.retention: " + retention.toDays() + " days (expected: at least 31d)");
        }
    }
}
