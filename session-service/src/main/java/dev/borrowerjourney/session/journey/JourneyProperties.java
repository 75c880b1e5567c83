package dev.borrowerjourney.session.journey;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for showing journeys.
 *
 * @param longestWait how long {@code ?after=} waits for news
 * @param mostWaiting how many requests may wait at a time; others are answered at once
 * @param freshFor how long a state counts as fresh after it was last known to be true
 */
@ConfigurationProperties(prefix = "session.journeys", ignoreUnknownFields = false)
record JourneyProperties(
        @DefaultValue("10s") Duration longestWait,
        @DefaultValue("1000") int mostWaiting,
        @DefaultValue("5m") Duration freshFor) {

    private static final Duration MOST = Duration.ofSeconds(30);

    JourneyProperties {
        if (longestWait.isNegative() || longestWait.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("session.journeys.longest-wait: " + longestWait
                    + " (expected: at least zero, at most " + MOST + ")");
        }
        if (mostWaiting < 0) {
            throw new IllegalArgumentException(
                    "session.journeys.most-waiting: " + mostWaiting + " (expected: at least zero)");
        }
        if (!freshFor.isPositive()) {
            throw new IllegalArgumentException("session.journeys.fresh-for: " + freshFor + " (expected: above zero)");
        }
    }
}
