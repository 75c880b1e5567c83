package dev.borrowerjourney.session.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.borrowerjourney.defaults.testing.TestDatabase;
import dev.borrowerjourney.session.testing.JourneyViews;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

class PostgresJourneysIT {

    @Test
    void namesMissingViews() {
        try (var database = TestDatabase.start()) {
            var properties = new JourneyProperties(Duration.ZERO, 1, Duration.ofMinutes(5));
            var journeys = new PostgresJourneys(
                    JdbcClient.create(database.as("bj_session")),
                    JsonMapper.builder().build(),
                    properties,
                    Clock.systemUTC());
            var health = new JourneyViewsHealthIndicator(journeys, () -> false);
            assertThat(health.health().getDetails()).containsEntry("missing", PostgresJourneys.VIEWS);
            assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);

            JourneyViews.create(database);

            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
    }
}
