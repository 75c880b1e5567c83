package dev.borrowerjourney.session.journey;

import dev.borrowerjourney.session.database.DatabaseProperties;
import dev.borrowerjourney.session.database.PostgresHeartbeat;
import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.reconciliation.Observations;
import dev.borrowerjourney.session.session.Sessions;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JourneyProperties.class)
class JourneyConfiguration {

    @Bean
    PostgresJourneys postgresJourneys(JdbcClient jdbc, JsonMapper json, JourneyProperties properties, Clock clock) {
        return new PostgresJourneys(jdbc, json, properties, clock);
    }

    @Bean
    JourneyViewsHealthIndicator journeyViewsHealthIndicator(PostgresJourneys journeys, PostgresHeartbeat heartbeat) {
        return new JourneyViewsHealthIndicator(journeys, heartbeat::away);
    }

    @Bean
    Reads reads(Scheduler blocking, DatabaseProperties database) {
        return new Reads(blocking, database.longestWait());
    }

    @Bean
    Waiting waiting(JourneyProperties properties, PostgresJourneys journeys, Scheduler blocking, MeterRegistry meters) {
        var waiting = new Waiting(properties, journeys::lastChanges, blocking);
        Gauge.builder("session.journeys.waiting", waiting, Waiting::waiting).register(meters);
        return waiting;
    }

    @Bean
    Resumption resumption(Sessions sessions, HttpPlatform platform, Observations observations) {
        return new Resumption(sessions, platform, observations);
    }
}
