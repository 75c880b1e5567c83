package dev.borrowerjourney.session.session;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for idempotency.
 *
 * @param retention how long it is remembered what a key was used for
 */
@ConfigurationProperties(prefix = "session.idempotency", ignoreUnknownFields = false)
record IdempotencyProperties(@DefaultValue("24h") Duration retention) {

    private static final Duration LEAST = Duration.ofHours(24);
    private static final Duration MOST = Duration.ofDays(30);

    IdempotencyProperties {
        if (retention.compareTo(LEAST) < 0 || retention.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("session.idempotency.retention: " + retention + " (expected: " + LEAST
                    + ", which apps are promised, to " + MOST + ")");
        }
    }
}
