package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.session.platform.HttpStates;
import dev.borrowerjourney.session.session.StandingCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The reconciliation of one instance, with a log and a database of the test's choice. */
final class OneInstance {

    private static final Map<String, String> SETTINGS = Map.of(
            "session.reconciliation.active.least", "100ms",
            "session.reconciliation.active.most", "200ms",
            "session.reconciliation.requests-per-second", "500");

    final PostgresReconciliation rows;
    final PostgresFeed feed;
    final Intake intake;
    final Incoming incoming;
    final Look look;
    final ReconciliationJob job;

    final PostgresUpkeep upkeep;

    OneInstance(
            DataSource database,
            Snapshots snapshots,
            StandingCredentials credentials,
            HttpStates platform,
            UUID application,
            boolean withoutSession) {
        var settings = Fixtures.settings(SETTINGS);
        var jdbc = JdbcClient.create(database);
        var watched = new PostgresWatched(jdbc);
        upkeep = new PostgresUpkeep(jdbc, watched, settings.giveUpAfter(), withoutSession);
        var metrics = new ReconciliationMetrics(
                new SimpleMeterRegistry(), List.of(application), settings.requestsPerSecond());
        var pacing = new Pacing(settings, RandomGenerator.getDefault());
        var visits = new Visits();
        var callers = new Callers();
        var log = new LogCircuit(Clock.systemUTC());
        rows = new PostgresReconciliation(jdbc, watched, withoutSession);
        feed = new PostgresFeed(jdbc, settings.justActed());
        var budget = new PostgresBudget(
                jdbc,
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                settings.requestsPerSecond());
        intake = new Intake(feed, snapshots, log, pacing, settings, metrics, Clock.systemUTC());
        incoming = new Incoming(new Incoming.Tools(feed, watched, intake, pacing, visits, callers), metrics);
        look = new Look(
                new Look.Tools(
                        rows,
                        new PostgresReadModel(jdbc),
                        budget,
                        feed,
                        credentials,
                        platform,
                        snapshots,
                        pacing,
                        intake,
                        log,
                        Spans.none()),
                settings,
                metrics,
                Clock.systemUTC());
        job = new ReconciliationJob(
                new ReconciliationJob.Tools(rows, upkeep, watched, budget, callers, visits, look, log, incoming),
                List.of(application),
                settings.mostAtOnce(),
                metrics);
    }

    /** Claims this journey, however many others are due. */
    Claim claim(UUID application, String journeyId) {
        return rows.claim(application, 1_000, Duration.ofSeconds(30)).stream()
                .filter(claim -> claim.journeyId().equals(journeyId))
                .findFirst()
                .orElseThrow();
    }
}
