package dev.borrowerjourney.projector.publication;

import dev.borrowerjourney.projector.ProjectorProperties;
import dev.borrowerjourney.schemas.serde.ContractSerdes;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class PublicationConfiguration {

    @Bean
    KafkaTransactions kafkaTransactions(KafkaProperties kafka, ProjectorProperties projector) {
        return new KafkaTransactions(kafka.buildProducerProperties(), 2 * projector.concurrency());
    }

    @Bean
    KafkaPublication publication(
            JdbcTemplate jdbc,
            PlatformTransactionManager database,
            KafkaTransactions transactions,
            ContractSerdes serdes) {
        var outbox = new PostgresOutbox(jdbc, new TransactionTemplate(database));
        return new KafkaPublication(outbox, transactions, serdes::serializer);
    }
}
