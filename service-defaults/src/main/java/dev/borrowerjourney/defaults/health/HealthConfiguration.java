package dev.borrowerjourney.defaults.health;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

@AutoConfiguration
class HealthConfiguration {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Its name without the suffix is the component's: {@code requirements}, a member of the readiness group. */
    @Bean
    HealthIndicator requirementsHealthIndicator(ObjectProvider<Requirement> requirements) {
        return new RequirementsHealthIndicator(requirements.orderedStream().toList(), LIMIT);
    }
}
