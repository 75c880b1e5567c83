package dev.borrowerjourney.session.session;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.schemas.borrower.PseudonymKey;
import dev.borrowerjourney.session.database.DatabaseHealthIndicator;
import dev.borrowerjourney.session.database.DatabaseProperties;
import dev.borrowerjourney.session.database.PostgresHeartbeat;
import dev.borrowerjourney.session.platform.HttpPlatform;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.reconciliation.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LifetimeProperties.class, IdempotencyProperties.class, TokenProperties.class})
class SessionConfiguration {

    @Bean
    Custody custody(TokenProperties properties) {
        return properties.custody();
    }

    @Bean
    TokenSeal tokenSeal(SecretDirectory secrets) {
        return new TokenSeal(secrets);
    }

    @Bean
    PostgresPlatformSessions postgresPlatformSessions(JdbcClient jdbc, TokenSeal seal) {
        return new PostgresPlatformSessions(jdbc, seal);
    }

    @Bean
    PostgresIdempotency postgresIdempotency(JdbcClient jdbc, IdempotencyProperties properties) {
        return new PostgresIdempotency(jdbc, properties);
    }

    @Bean
    PostgresSessions postgresSessions(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            PostgresIdempotency idempotency,
            LifetimeProperties lifetime) {
        return new PostgresSessions(jdbc, new TransactionTemplate(transactions), idempotency, lifetime);
    }

    @Bean
    Renewals renewals(
            TokenProperties properties,
            PostgresPlatformSessions rows,
            HttpPlatform platform,
            TokenSeal seal,
            MeterRegistry meters) {
        return new Renewals(properties.renewal(), rows, platform, seal, meters);
    }

    @Bean
    LiveSessions liveSessions(
            PostgresSessions sessions,
            Renewals renewals,
            PostgresHeartbeat heartbeat,
            LifetimeProperties lifetime,
            DatabaseProperties database,
            MeterRegistry meters) {
        return new LiveSessions(sessions, renewals, heartbeat, lifetime, database.longestWait(), meters);
    }

    @Bean
    DatabaseHealthIndicator databaseHealthIndicator(PostgresHeartbeat heartbeat, LifetimeProperties lifetime) {
        return new DatabaseHealthIndicator(heartbeat, lifetime.withoutDatabase());
    }

    @Bean
    StandingCredentials standingCredentials(
            Custody custody, PostgresPlatformSessions rows, Renewals renewals, LiveSessions live) {
        return new StandingCredentials(custody, rows, renewals, live);
    }

    @Bean
    Sessions sessions(
            Custody custody,
            PostgresSessions sessions,
            PostgresPlatformSessions platformSessions,
            PostgresIdempotency idempotency,
            Renewals renewals,
            LiveSessions live,
            TokenSeal seal,
            Observations observations,
            MeterRegistry meters) {
        return new Sessions(
                custody, sessions, platformSessions, idempotency, renewals, live, seal, observations, meters);
    }

    @Bean
    @ConditionalOnWebApplication
    ConfirmationJob confirmationJob(LiveSessions sessions) {
        return new ConfirmationJob(sessions);
    }

    /** What is scheduled is made at once, and would have an operator command clean up, too. */
    @Bean
    @ConditionalOnWebApplication
    EndedSessionsJob endedSessionsJob(
            PostgresSessions sessions, PostgresPlatformSessions platformSessions, PostgresIdempotency idempotency) {
        return new EndedSessionsJob(sessions, platformSessions, idempotency);
    }

    @Bean
    PostgresEnding postgresEnding(JdbcClient jdbc) {
        return new PostgresEnding(jdbc);
    }

    @Bean
    @Lazy
    SessionCommand sessionCommand(
            ObjectProvider<PlatformProperties> platform,
            ObjectProvider<PseudonymKey> pseudonymKey,
            ObjectProvider<PostgresEnding> sessions) {
        return new SessionCommand(platform, pseudonymKey, sessions);
    }
}
