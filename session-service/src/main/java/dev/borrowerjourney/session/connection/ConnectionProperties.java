package dev.borrowerjourney.session.connection;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for the connections of clients.
 *
 * @param idleTimeout how long a connection may wait for a request; longer than a load balancer in front keeps one
 * @param readTimeout how long a request may pause amid its body
 */
@ConfigurationProperties(prefix = "session.connections", ignoreUnknownFields = false)
record ConnectionProperties(
        @DefaultValue("75s") Duration idleTimeout,
        @DefaultValue("20s") Duration readTimeout) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    ConnectionProperties {
        check("idle-timeout", idleTimeout);
        check("read-timeout", readTimeout);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "session.connections." + name + ": " + value + " (expected: " + SHORTEST + " to " + LONGEST + ")");
        }
    }
}
