package dev.borrowerjourney.projector.rebuild;

import dev.borrowerjourney.projector.projection.KafkaTopics;
import dev.borrowerjourney.projector.projection.PostgresReadModel;
import dev.borrowerjourney.projector.projection.Snapshots;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class RebuildConfiguration {

    private final Clock clock = Clock.systemUTC();

    @Bean
    RebuildJob rebuildJob(JdbcTemplate jdbc, RebuildProperties settings) {
        return new RebuildJob(new PostgresRuns(jdbc), settings);
    }

    @Bean
    @Lazy
    RebuildCommand rebuildCommand(
            ObjectProvider<Rebuild> rebuild,
            ObjectProvider<RebuildShadow> shadow,
            ObjectProvider<RebuildDiff> diff,
            ObjectProvider<RebuildApply> apply,
            ObjectProvider<RebuildUndo> undo) {
        return new RebuildCommand(rebuild, shadow, diff, apply, undo);
    }

    @Bean
    @Lazy
    Rebuild rebuild(
            KafkaTopics topics,
            KafkaProperties kafka,
            ContractSerdes serdes,
            Snapshots snapshots,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions) {
        var settings = kafka.buildConsumerProperties();
        var readModel = new PostgresReadModel(jdbc);
        // Within the transaction of a comparison what the database refuses must not end all of it.
        var nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        return new Rebuild(
                topics,
                () -> new KafkaLog(TopicCatalogue.JOURNEY_SNAPSHOTS, settings),
                snapshots,
                new KafkaWholeTopic(TopicCatalogue.JOURNEYS, settings, serdes),
                new Erasures(new KafkaWholeTopic(TopicCatalogue.ERASURES, settings, serdes)),
                new PostgresShadow(jdbc, nested),
                new PostgresServed(jdbc, readModel),
                new PostgresCorrections(jdbc, readModel),
                new PostgresRuns(jdbc));
    }

    @Bean
    @Lazy
    RebuildShadow rebuildShadow(Rebuild rebuild) {
        return new RebuildShadow(rebuild, clock);
    }

    @Bean
    @Lazy
    RebuildDiff rebuildDiff(Rebuild rebuild, PlatformTransactionManager transactions) {
        var atOneMoment = new TransactionTemplate(transactions);
        atOneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return new RebuildDiff(rebuild, atOneMoment);
    }

    @Bean
    @Lazy
    RebuildApply rebuildApply(Rebuild rebuild, PlatformTransactionManager transactions) {
        return new RebuildApply(rebuild, new TransactionTemplate(transactions), clock);
    }

    @Bean
    @Lazy
    RebuildUndo rebuildUndo(Rebuild rebuild, PlatformTransactionManager transactions) {
        return new RebuildUndo(rebuild, new TransactionTemplate(transactions), clock);
    }
}
