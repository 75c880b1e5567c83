package dev.borrowerjourney.session.subscription;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the upkeep of subscriptions; the URLs stand with the applications.
 *
 * @param interval how long, more or less, until the next look
 * @param repair whether drift is repaired, or only reported
 */
@ConfigurationProperties(prefix = "session.subscription", ignoreUnknownFields = false)
record SubscriptionProperties(
        @DefaultValue("5m") Duration interval,
        @DefaultValue("true") boolean repair) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    SubscriptionProperties {
        if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "session.subscription.interval: " + interval + " (expected: " + SHORTEST + " to " + LONGEST + ")");
        }
    }
}
