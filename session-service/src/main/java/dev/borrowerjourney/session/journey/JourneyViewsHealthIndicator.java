package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.session.database.DatabaseTrouble;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Not ready while the projector has not made the views yet; names them. While the database does not answer, what it said last
 * counts.
 */
class JourneyViewsHealthIndicator implements HealthIndicator {

    private final PostgresJourneys journeys;
    private final BooleanSupplier databaseAway;
    private volatile List<String> missing = PostgresJourneys.VIEWS;

    JourneyViewsHealthIndicator(PostgresJourneys journeys, BooleanSupplier databaseAway) {
        this.journeys = journeys;
        this.databaseAway = databaseAway;
    }

    @Override
    public Health health() {
        if (!databaseAway.getAsBoolean()) {
            look();
        }
        return missing.isEmpty()
                ? Health.up().build()
                : Health.outOfService().withDetail("missing", missing).build();
    }

    private void look() {
        try {
            missing = journeys.missingViews();
        } catch (RuntimeException e) {
            if (!DatabaseTrouble.is(e)) {
                throw e;
            }
        }
    }
}
