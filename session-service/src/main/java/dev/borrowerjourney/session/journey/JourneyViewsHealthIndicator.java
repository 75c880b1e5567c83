package dev.borrowerjourney.session.journey;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Not ready while the projector has not made the views yet; names them. */
class JourneyViewsHealthIndicator implements HealthIndicator {

    private final PostgresJourneys journeys;

    JourneyViewsHealthIndicator(PostgresJourneys journeys) {
        this.journeys = journeys;
    }

    @Override
    public Health health() {
        var missing = journeys.missingViews();
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetail("missing", missing).build();
    }
}
