package dev.borrowerjourney.session.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for a database that is slow or away.
 *
 * @param statementTimeout how long a statement may take; the connection is given up a second later
 * @param longestWait how long a caller waits for what the database tells, and the heartbeat for its answer
 */
@ConfigurationProperties(prefix = "session.database", ignoreUnknownFields = false)
public record DatabaseProperties(
        @DefaultValue("3s") Duration statementTimeout,
        @DefaultValue("5s") Duration longestWait) {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(1);

    public DatabaseProperties {
        check("statement-timeout", statementTimeout);
        check("longest-wait", longestWait);
    }

    private static void check(String name, Duration value) {
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "session.database." + name + ": " + value + " (expected: " + LEAST + " to " + MOST + ")");
        }
    }
}
