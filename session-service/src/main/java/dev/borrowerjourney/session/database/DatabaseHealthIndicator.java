package dev.borrowerjourney.session.database;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Tells whether the database answers, without asking it. In service without it, too, for as long as sessions that were seen
 * are relayed: all instances share it, and would all go at once.
 */
public final class DatabaseHealthIndicator implements HealthIndicator {

    private final PostgresHeartbeat heartbeat;
    private final Duration endured;

    public DatabaseHealthIndicator(PostgresHeartbeat heartbeat, Duration endured) {
        this.heartbeat = heartbeat;
        this.endured = endured;
    }

    @Override
    public Health health() {
        var awayFor = heartbeat.awayFor();
        if (!heartbeat.away()) {
            return Health.up().withDetail("answers", true).build();
        }
        var health = awayFor.compareTo(endured) < 0 ? Health.up() : Health.outOfService();
        return health.withDetail("answers", false)
                .withDetail("awayForSeconds", awayFor.toSeconds())
                .build();
    }
}
