package dev.borrowerjourney.session.reconciliation;

import dev.borrowerjourney.defaults.tracing.Spans;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import dev.borrowerjourney.session.platform.HttpStates;
import dev.borrowerjourney.session.platform.PlatformProperties;
import dev.borrowerjourney.session.session.StandingCredentials;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.FixedBackOff;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReconciliationProperties.class)
class ReconciliationConfiguration {

    private static final String GROUP = "session-service";

    /** Not where an operator's command runs: what is heard there is nobody's visit. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication
    @ConditionalOnProperty(
            prefix = "session.reconciliation",
            name = "enabled",
            havingValue = "true",
            matchIfMissing = true)
    static class Enabled {

        @Bean
        ContractSerdes contractSerdes(KafkaProperties kafka) {
            var settings = new HashMap<String, Object>(kafka.getProperties());
            // A lease is shorter than the client's own patience; what is not published is told again.
            settings.putIfAbsent("max.retries", 0);
            settings.putIfAbsent("http.connect.timeout.ms", 2_000);
            settings.putIfAbsent("http.read.timeout.ms", 2_000);
            return ContractSerdes.of(settings);
        }

        @Bean
        PostgresWatched postgresWatched(JdbcClient jdbc) {
            return new PostgresWatched(jdbc);
        }

        @Bean
        PostgresReconciliation postgresReconciliation(
                JdbcClient jdbc, PostgresWatched watched, ReconciliationProperties settings) {
            return new PostgresReconciliation(jdbc, watched, settings.withoutSession());
        }

        @Bean
        PostgresFeed postgresFeed(JdbcClient jdbc, ReconciliationProperties settings) {
            return new PostgresFeed(jdbc, settings.justActed());
        }

        @Bean
        PostgresUpkeep postgresUpkeep(JdbcClient jdbc, PostgresWatched watched, ReconciliationProperties settings) {
            return new PostgresUpkeep(jdbc, watched, settings.giveUpAfter(), settings.withoutSession());
        }

        @Bean
        PostgresBudget postgresBudget(
                JdbcClient jdbc, PlatformTransactionManager transactions, ReconciliationProperties settings) {
            return new PostgresBudget(jdbc, new TransactionTemplate(transactions), settings.requestsPerSecond());
        }

        @Bean
        KafkaSnapshots kafkaSnapshots(KafkaProperties kafka, ContractSerdes serdes) {
            var snapshots = new KafkaSnapshots(kafka.buildProducerProperties(), serdes.serializer());
            Thread.ofVirtual().name("snapshots-connect").start(snapshots::connect);
            return snapshots;
        }

        @Bean
        ReconciliationMetrics reconciliationMetrics(
                MeterRegistry meters, PlatformProperties platform, ReconciliationProperties settings) {
            return new ReconciliationMetrics(meters, applications(platform), settings.requestsPerSecond());
        }

        @Bean
        LogCircuit logCircuit(Clock clock) {
            return new LogCircuit(clock);
        }

        @Bean
        Visits visits() {
            return new Visits();
        }

        @Bean
        Callers callers() {
            return new Callers();
        }

        @Bean
        Pacing pacing(ReconciliationProperties settings) {
            return new Pacing(settings, RandomGenerator.getDefault());
        }

        @Bean
        Intake intake(
                PostgresFeed feed,
                KafkaSnapshots snapshots,
                LogCircuit log,
                Pacing pacing,
                ReconciliationProperties settings,
                ReconciliationMetrics metrics,
                Clock clock) {
            return new Intake(feed, snapshots, log, pacing, settings, metrics, clock);
        }

        @Bean
        Incoming incoming(
                PostgresFeed feed,
                PostgresWatched watched,
                Intake intake,
                Pacing pacing,
                Visits visits,
                Callers callers,
                ReconciliationMetrics metrics) {
            return new Incoming(new Incoming.Tools(feed, watched, intake, pacing, visits, callers), metrics);
        }

        @Bean
        Look look(
                PostgresReconciliation rows,
                JdbcClient jdbc,
                PostgresBudget budget,
                PostgresFeed feed,
                StandingCredentials credentials,
                HttpStates platform,
                KafkaSnapshots snapshots,
                Pacing pacing,
                Intake intake,
                LogCircuit log,
                Spans spans,
                ReconciliationProperties settings,
                ReconciliationMetrics metrics,
                Clock clock) {
            var readModel = new PostgresReadModel(jdbc);
            var tools = new Look.Tools(
                    rows, readModel, budget, feed, credentials, platform, snapshots, pacing, intake, log, spans);
            return new Look(tools, settings, metrics, clock);
        }

        @Bean
        ReconciliationJob reconciliationJob(
                PostgresReconciliation rows,
                PostgresUpkeep upkeep,
                PostgresWatched watched,
                PostgresBudget budget,
                Callers callers,
                Visits visits,
                Look look,
                LogCircuit log,
                Incoming incoming,
                PlatformProperties platform,
                ReconciliationProperties settings,
                ReconciliationMetrics metrics) {
            var tools =
                    new ReconciliationJob.Tools(rows, upkeep, watched, budget, callers, visits, look, log, incoming);
            return new ReconciliationJob(tools, applications(platform), settings.mostAtOnce(), metrics);
        }

        @Bean
        ConcurrentMessageListenerContainer<String, byte[]> journeyChanges(
                KafkaProperties kafka,
                ContractSerdes serdes,
                Incoming incoming,
                ReconciliationProperties settings,
                Clock clock) {
            var consumers = new DefaultKafkaConsumerFactory<String, byte[]>(consumer(kafka));
            var properties = new ContainerProperties(TopicCatalogue.JOURNEY_CHANGES);
            properties.setGroupId(GROUP);
            properties.setMessageListener(
                    new KafkaJourneyChanges(serdes.deserializer(), incoming, settings.giveUpAfter(), clock));
            var container = new ConcurrentMessageListenerContainer<>(consumers, properties);
            container.setBeanName("journey-changes");
            // Fails only while the database is away, and then for as long as that lasts.
            container.setCommonErrorHandler(
                    new DefaultErrorHandler(new FixedBackOff(1_000, FixedBackOff.UNLIMITED_ATTEMPTS)));
            return container;
        }

        @Bean
        HealthIndicator eventsHealthIndicator(KafkaProperties kafka) {
            var settings = new HashMap<>(kafka.buildAdminProperties());
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 1_500);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_500);
            // Rebootstrapping spins while no broker answers; a new client after each failure does the same without.
            settings.put(AdminClientConfig.METADATA_RECOVERY_STRATEGY_CONFIG, "none");
            return new KafkaTopicsHealth(settings);
        }

        private static Map<String, Object> consumer(KafkaProperties kafka) {
            var settings = kafka.buildConsumerProperties();
            settings.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
            settings.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
            return settings;
        }

        private static List<UUID> applications(PlatformProperties platform) {
            return platform.applications().stream()
                    .map(PlatformProperties.Application::applicationId)
                    .toList();
        }
    }

    @Bean
    @ConditionalOnMissingBean
    Observations unheard() {
        return new Unheard();
    }

    @Bean
    @ConditionalOnMissingBean(name = "eventsHealthIndicator")
    HealthIndicator eventsHealthIndicator() {
        return () -> Health.up().withDetail("reconciliation", "turned off").build();
    }
}
