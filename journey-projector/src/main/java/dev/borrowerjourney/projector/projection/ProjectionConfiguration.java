package dev.borrowerjourney.projector.projection;

import dev.borrowerjourney.projector.ProjectorProperties;
import dev.borrowerjourney.projector.publication.KafkaPublication;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import dev.borrowerjourney.schemas.topic.TopicCatalogue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ProjectionConfiguration {

    private static final String GROUP = "journey-projector";
    private static final long SECOND = 1_000;

    @Bean
    ContractSerdes contractSerdes(KafkaProperties kafka) {
        return ContractSerdes.of(kafka.getProperties());
    }

    @Bean
    KafkaTopics kafkaTopics(KafkaProperties kafka) {
        return new KafkaTopics(kafka.buildAdminProperties());
    }

    @Bean
    Owned owned(MeterRegistry meters) {
        var owned = new Owned(InstantSource.system());
        Gauge.builder("projector.partitions.owned", owned, Owned::count).register(meters);
        Gauge.builder("projector.partitions.waiting", owned, each -> each.waiting()
                        .size())
                .register(meters);
        return owned;
    }

    @Bean
    KafkaReadiness projectionHealthIndicator(KafkaTopics topics, Owned owned) {
        return new KafkaReadiness(topics, owned);
    }

    @Bean
    Liveness consumerHealthIndicator(Owned owned) {
        return new Liveness(owned);
    }

    @Bean
    ActiveJourneysJob activeJourneysJob(JdbcTemplate jdbc, MeterRegistry meters) {
        return new ActiveJourneysJob(new PostgresActiveJourneys(jdbc)::byApplication, meters);
    }

    @Bean
    @Lazy
    Snapshots snapshots(ContractSerdes serdes) {
        return new KafkaSnapshots(TopicCatalogue.JOURNEY_SNAPSHOTS, serdes);
    }

    @Bean
    @Lazy
    Legibility legibility(Snapshots snapshots) {
        return new Legibility(snapshots);
    }

    @Bean
    KafkaSnapshotListener snapshotListener(
            KafkaTopics topics,
            Owned owned,
            ContractSerdes serdes,
            JdbcTemplate jdbc,
            PlatformTransactionManager transactions,
            KafkaPublication publication,
            MeterRegistry meters) {
        var transaction = new TransactionTemplate(transactions);
        var offsets = new PostgresOffsets(jdbc);
        var snapshots = new KafkaSnapshots(TopicCatalogue.JOURNEY_SNAPSHOTS, serdes);
        return new KafkaSnapshotListener(new KafkaLane.Tools(
                topics,
                new PartitionStart(offsets, new PostgresDueJourneys(jdbc), transaction),
                new Projection(snapshots, offsets, new PostgresReadModel(jdbc), transaction),
                publication,
                new ProjectionMetrics(meters),
                owned));
    }

    /** Not where an operator's command runs: a container starts with its context, lazy or not. */
    @Bean
    @ConditionalOnWebApplication
    ConcurrentMessageListenerContainer<byte[], byte[]> snapshotContainer(
            KafkaProperties kafka, ProjectorProperties projector, KafkaSnapshotListener listener) {
        var consumers = new KafkaConsumers(kafka.buildConsumerProperties(), projector.groupProtocol());
        var container = new ConcurrentMessageListenerContainer<>(consumers, properties(listener));
        container.setBeanName(GROUP);
        container.setConcurrency(projector.concurrency());
        container.setCommonErrorHandler(listener);
        return container;
    }

    /**
     * The container's idle events, straight to the listener and not by way of the context, which might hand them to other
     * threads: a lane belongs to the consumer's. Only after the context has given every bean its own publisher, and before
     * it starts any.
     */
    @Bean
    @ConditionalOnWebApplication
    SmartInitializingSingleton snapshotEvents(
            ConcurrentMessageListenerContainer<byte[], byte[]> snapshotContainer, KafkaSnapshotListener listener) {
        return () -> snapshotContainer.setApplicationEventPublisher(listener::on);
    }

    /** Under the classic protocol the consumers say it themselves. */
    @Bean
    @ConditionalOnWebApplication
    ApplicationListener<ApplicationReadyEvent> sessionTimeout(KafkaProperties kafka, ProjectorProperties projector) {
        var timeout = new KafkaSessionTimeout(kafka.buildAdminProperties(), GROUP);
        return _ -> {
            switch (projector.groupProtocol()) {
                case CONSUMER -> timeout.lookBeside();
                case CLASSIC -> {}
            }
        };
    }

    private static ContainerProperties properties(KafkaSnapshotListener listener) {
        var properties = new ContainerProperties(TopicCatalogue.JOURNEY_SNAPSHOTS);
        properties.setGroupId(GROUP);
        properties.setMessageListener(listener);
        properties.setConsumerRebalanceListener(listener);
        properties.setAckMode(ContainerProperties.AckMode.MANUAL);
        properties.setAssignmentCommitOption(ContainerProperties.AssignmentCommitOption.NEVER);
        properties.setIdleEventInterval(SECOND);
        properties.setIdlePartitionEventInterval(SECOND);
        properties.setPollTimeout(SECOND / 2);
        properties.setShutdownTimeout(30 * SECOND);
        return properties;
    }
}
