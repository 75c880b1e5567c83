package dev.borrowerjourney.ingest.proof;

import dev.borrowerjourney.defaults.secret.SecretDirectory;
import dev.borrowerjourney.ingest.delivery.Redelivery;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

@Configuration(proxyBeanMethods = false)
@Lazy
class ProofConfiguration {

    @Bean
    KafkaSnapshotLog kafkaSnapshotLog(KafkaProperties kafka) {
        return new KafkaSnapshotLog(kafka);
    }

    @Bean
    Prover prover(Redelivery redelivery, SecretDirectory secrets) {
        return new Prover(redelivery, secrets);
    }

    @Bean
    DeliveryCommand deliveryCommand(ObjectProvider<KafkaSnapshotLog> log, ObjectProvider<Prover> prover, Clock clock) {
        return new DeliveryCommand(log, prover, clock);
    }
}
